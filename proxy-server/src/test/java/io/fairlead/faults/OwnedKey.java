package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;

/** Finds keys by where they live. */
final class OwnedKey {
  private OwnedKey() {}

  /**
   * A key that lives on the server.
   *
   * @param client of the proxy, all of whose servers answer as {@link Answers} says
   */
  static String of(ScriptedBackend server, RawClient client) {
    for (int i = 0; ; i++) {
      String key = "key-" + Integer.toHexString(i * 0x9E3779B9);
      int before = server.lines().size();
      client.send("get " + key + "\r\n").expect(Answers.get(key));
      if (server.lines().size() > before) {
        assertThat(server.lines()).last().isEqualTo("get " + key);
        return key;
      }
    }
  }
}
