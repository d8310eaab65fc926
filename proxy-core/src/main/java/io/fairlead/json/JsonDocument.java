package io.fairlead.json;

import java.util.List;

/** What a file says, and what is odd about it. */
public record JsonDocument(Json root, List<DuplicateKey> duplicates) {
  public JsonDocument {
    duplicates = List.copyOf(duplicates);
  }
}
