package io.fairlead.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** The recorded edge cases in the test resources. */
final class EdgeCaseFile {
  private EdgeCaseFile() {}

  static List<EdgeCase> memcached() throws IOException {
    return column("memcached_1.6.18");
  }

  static List<EdgeCase> column(String name) throws IOException {
    try (InputStream in = EdgeCaseFile.class.getResourceAsStream("ascii-edge-cases.tsv")) {
      return VectorFile.read(Objects.requireNonNull(in), name);
    }
  }
}
