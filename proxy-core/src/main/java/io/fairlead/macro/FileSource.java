package io.fairlead.macro;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens the files that a document imports; so its caller can tell which they were. */
@FunctionalInterface
public interface FileSource {
  /** Files as they are on the disk. */
  FileSource DISK = Files::newInputStream;

  InputStream open(Path file) throws IOException;
}
