package io.fairlead.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.ConfigLoader;
import io.fairlead.faults.TestProxy;
import io.fairlead.runtime.Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Starts proxies with files of names and passwords. */
final class GuardedProxy {
  private GuardedProxy() {}

  /** A proxy with the settings of a file. */
  static TestProxy start(String yaml) throws IOException {
    return new TestProxy(Proxy.start(ConfigLoader.parse(yaml, "f.yaml")), 1);
  }

  /** A line of a file of users, cheap to check. */
  static String user(String name, String password) {
    return name + ":" + PasswordHash.of(password.getBytes(UTF_8), 1000).format() + "\n";
  }

  /** Puts a file in the place of another, as those do who are careful. */
  static void replace(Path file, String content) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), content);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static String login(String name, String password) {
    String token = name + " " + password;
    return "set any 0 0 " + token.length() + "\r\n" + token + "\r\n";
  }
}
