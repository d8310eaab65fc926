package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;

/** The file that says who may connect to a listener. */
public final class UserFile extends Watched<Users> {
  UserFile(Path path) {
    super(path);
  }

  @Override
  Users parse(byte[] content) {
    return Users.parse(new String(content, UTF_8));
  }
}
