package io.fairlead.access;

import java.nio.file.Path;

/** A file with the name and password by which the proxy authenticates with servers. */
final class PasswordFile extends Watched<byte[]> {
  PasswordFile(Path path) {
    super(path);
  }

  @Override
  byte[] parse(byte[] content) {
    return ServerPassword.first(content);
  }
}
