package io.fairlead.macro;

import io.fairlead.json.DuplicateKey;
import io.fairlead.json.Json;
import java.util.List;

/**
 * A document without macros.
 *
 * @param files that were imported, in the order in which they were first needed; also those whose
 *     default was taken because they could not be used
 * @param duplicates in the document and in the imported files
 */
public record Expansion(Json root, List<ImportedFile> files, List<DuplicateKey> duplicates) {
  public Expansion {
    files = List.copyOf(files);
    duplicates = List.copyOf(duplicates);
  }
}
