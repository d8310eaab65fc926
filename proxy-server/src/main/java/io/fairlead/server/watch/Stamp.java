package io.fairlead.server.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What changes with a file and costs nothing to ask for: which file it is behind all links, its
 * size, and when it was written. No file is a stamp, too.
 */
record Stamp(Map<String, Object> attributes) {
  private static final String UNIX = "unix:dev,ino,ctime,lastModifiedTime,size";
  private static final String ANYWHERE = "fileKey,lastModifiedTime,size";

  static Stamp of(Path file) {
    try {
      return new Stamp(attributes(file));
    } catch (IOException e) {
      return new Stamp(Map.of());
    }
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    try {
      return Files.readAttributes(file, UNIX);
    } catch (UnsupportedOperationException e) {
      return Files.readAttributes(file, ANYWHERE);
    }
  }
}
