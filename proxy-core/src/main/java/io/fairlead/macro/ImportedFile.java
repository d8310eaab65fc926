package io.fairlead.macro;

import java.nio.file.Path;

/** A file that a document imported, as it was then. */
public final class ImportedFile {
  private final Path path;
  private final byte[] content;

  ImportedFile(Path path, byte[] content) {
    this.path = path;
    this.content = content;
  }

  public Path path() {
    return path;
  }

  public byte[] content() {
    return content.clone();
  }
}
