package io.fairlead.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** By what it is seen that a file has changed, also when a link leads to another file. */
record FileStamp(Path file, long modified, long size, @Nullable Object identity) {
  private static final long MISSING = -1;

  static FileStamp of(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new FileStamp(
          file, attributes.lastModifiedTime().toMillis(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return new FileStamp(file, MISSING, MISSING, null);
    }
  }
}
