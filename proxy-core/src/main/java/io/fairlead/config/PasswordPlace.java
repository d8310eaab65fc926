package io.fairlead.config;

import java.nio.file.Path;

/** Where the name and password are by which the proxy authenticates with servers. */
public sealed interface PasswordPlace {
  /** A file with a line {@code user:password}, the first of which counts. */
  record InFile(Path file) implements PasswordPlace {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /** An environment variable with {@code user:password}. */
  record InEnvironment(String variable) implements PasswordPlace {
    @Override
    public String toString() {
      return "the environment variable " + variable;
    }
  }
}
