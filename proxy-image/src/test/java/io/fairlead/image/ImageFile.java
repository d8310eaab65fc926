package io.fairlead.image;

/**
 * A file or folder of a layer.
 *
 * @param mode as {@code ls} shows it
 * @param owner numbers of user and group: {@code 0/0}
 */
record ImageFile(String mode, String owner, long bytes, String path) {
  boolean isFolder() {
    return mode.startsWith("d");
  }

  boolean isProgram() {
    return mode.startsWith("-") && mode.contains("x");
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
