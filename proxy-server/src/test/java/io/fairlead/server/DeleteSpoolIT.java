package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.ScriptedBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy itself is killed while it keeps deletes. */
class DeleteSpoolIT {
  private static final int KEYS = 2_000;

  @TempDir private Path folder;

  @Test
  void theNextProcessTellsTheServerWhatTheKilledOneHasKept() throws Exception {
    Set<String> stored = ConcurrentHashMap.newKeySet();
    IntStream.range(0, KEYS).forEach(i -> stored.add("key-" + i));
    Launcher launcher = Launcher.sharedIn(folder);
    try (ScriptedBackend backend = ScriptedBackend.answering(line -> answer(stored, line))) {
      Path file = folder.resolve("fairlead.yaml");
      Files.writeString(
          file,
          """
          listeners: ["127.0.0.1:0"]
          admin: false
          pools: { main: { servers: ["127.0.0.1:%d"] } }
          delete_spool: { directory: %s, fsync: always }
          """
              .formatted(backend.port(), folder.resolve("spool")));
      backend.refuse();
      int deleted;
      try (RunningFairlead fairlead = launcher.start("serve", "--config", file.toString())) {
        deleted = deleteUntilKilled(port(fairlead), fairlead);
      }
      assertThat(stored).hasSize(KEYS);

      backend.listen();
      try (RunningFairlead fairlead = launcher.start("serve", "--config", file.toString())) {
        try (RawClient client = RawClient.connect(port(fairlead))) {
          assertThat(firstAnswer(client)).isEqualTo("END");
        }
        for (int i = 0; i < deleted; i++) {
          assertThat(stored).doesNotContain("key-" + i);
        }
        assertThat(fairlead.log()).contains("deletes are left to be replayed");
      }
    }
  }

  private static int port(RunningFairlead fairlead) throws Exception {
    return fairlead.awaitPort("address=\"127.0.0.1:(\\d+)\" pool=\"main\"");
  }

  /** Deletes all keys in one go, and kills the proxy when it has answered for half of them. */
  private static int deleteUntilKilled(int port, RunningFairlead fairlead) {
    StringBuilder lines = new StringBuilder();
    IntStream.range(0, KEYS).forEach(i -> lines.append("delete key-").append(i).append("\r\n"));
    try (RawClient client = RawClient.connect(port)) {
      client.send(lines.toString());
      for (int i = 0; i < KEYS / 2; i++) {
        assertThat(client.readLine()).isEqualTo("NOT_FOUND");
      }
      fairlead.kill();
    }
    return KEYS / 2;
  }

  /** The first answer to a get that is no error. */
  private static String firstAnswer(RawClient client) throws InterruptedException {
    while (true) {
      String line = client.send("get key-" + (KEYS / 2 - 1) + "\r\n").readLine();
      if (!line.startsWith("SERVER_ERROR ")) {
        return line;
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  private static String answer(Set<String> stored, String line) {
    String key = line.substring(line.indexOf(' ') + 1);
    if (line.startsWith("delete ")) {
      return stored.remove(key) ? "DELETED\r\n" : "NOT_FOUND\r\n";
    }
    return stored.contains(key) ? "VALUE " + key + " 0 1\r\nx\r\nEND\r\n" : "END\r\n";
  }
}
