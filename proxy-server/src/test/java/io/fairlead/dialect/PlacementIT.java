package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigLoader;
import io.fairlead.it.LeakCheck;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.NutcrackerProcess;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nutcracker and the proxy with one and the same file, but for the ports that they listen on, in
 * front of the same servers: every key that is stored through one is found through the other.
 *
 * <p>A failure names the seed; {@code -Dfairlead.seed=N} repeats the same keys.
 */
@ExtendWith(LeakCheck.class)
class PlacementIT {
  private static final int KEYS = 100_000;
  private static final int START_ATTEMPTS = 5;

  private static final List<String> HASHES =
      List.of(
          "one_at_a_time",
          "md5",
          "crc16",
          "crc32",
          "crc32a",
          "fnv1_64",
          "fnv1a_64",
          "fnv1_32",
          "fnv1a_32",
          "hsieh",
          "murmur",
          "jenkins");

  /** Named as twemproxy names them, which is by address. */
  private static final List<String> PLAIN = List.of("A:1", "B:1", "C:1", "D:1", "E:1");

  /** Not in the order of their names, of which the shorter ones come first. */
  private static final List<String> NAMED =
      List.of("A:2 node-10", "B:1 node-9", "C:7 b", "D:1 aa", "E:3 cache.example.org");

  @Test
  void everyKeyIsFoundWhereTheOtherHasPutIt() throws Exception {
    long seed = Long.getLong("fairlead.seed", System.nanoTime());
    List<String> keys = PlacementKeys.make(KEYS, new Random(seed));
    List<MemcachedServer> servers = Memcached.startAll(5, "-m", "256");
    String file = withServers(file(), servers);
    try (NutcrackerProcess nutcracker = NutcrackerProcess.start(withPorts(file));
        Proxy proxy = startProxy(file)) {
      List<SocketAddress> theirs = nutcracker.addresses();
      List<SocketAddress> ours = proxy.addresses();
      assertThat(ours).hasSameSizeAs(theirs).hasSize(pools().size());
      for (int pool = 0; pool < ours.size(); pool++) {
        String name = pools().get(pool).lines().findFirst().orElseThrow() + " seed " + seed;
        exchange(theirs.get(pool), ours.get(pool), keys, name);
      }
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  private static void exchange(
      SocketAddress theirs, SocketAddress ours, List<String> keys, String pool) {
    PlacementKeys.store(theirs, keys, "t");
    assertThat(PlacementKeys.missing(ours, keys, "t")).as("by nutcracker, %s", pool).isEmpty();
    PlacementKeys.store(ours, keys, "o");
    assertThat(PlacementKeys.missing(theirs, keys, "o")).as("by the proxy, %s", pool).isEmpty();
  }

  private static List<String> pools() {
    return Stream.concat(
            HASHES.stream().map(hash -> pool(hash, "ketama", "", PLAIN)),
            Stream.of(
                pool("fnv1a_64", "modula", "", NAMED),
                pool("crc16", "modula", "", PLAIN),
                pool("murmur", "ketama", "{}", NAMED),
                pool("jenkins", "modula", "$$", NAMED)))
        .toList();
  }

  private static String pool(String hash, String distribution, String tag, List<String> servers) {
    StringBuilder pool = new StringBuilder();
    pool.append(hash + "-" + distribution + "-" + (servers.equals(NAMED) ? "named" : "plain"));
    pool.append(":\n  listen: 127.0.0.1:PORT\n  timeout: 20000\n");
    pool.append("  hash: " + hash + "\n  distribution: " + distribution + "\n");
    if (!tag.isEmpty()) {
      pool.append("  hash_tag: \"" + tag + "\"\n");
    }
    pool.append("  servers:\n");
    servers.forEach(server -> pool.append("   - 127.0.0.1:").append(server).append('\n'));
    return pool.toString();
  }

  private static String file() {
    return String.join("", pools());
  }

  private static String withServers(String file, List<MemcachedServer> servers) {
    String text = file;
    for (int i = 0; i < servers.size(); i++) {
      char letter = (char) ('A' + i);
      text = text.replace("127.0.0.1:" + letter, "127.0.0.1:" + servers.get(i).port());
    }
    return text;
  }

  private static String withPorts(String file) {
    return file.replace("PORT", "0");
  }

  /** A port that was free may be taken by the time that it is listened on. */
  private static Proxy startProxy(String file) throws IOException {
    List<String> pieces = new ArrayList<>(List.of(file.split("PORT", -1)));
    for (int attempt = 1; ; attempt++) {
      StringBuilder yaml = new StringBuilder(pieces.get(0));
      pieces.stream().skip(1).forEach(piece -> yaml.append(FreePorts.next()).append(piece));
      try {
        return Proxy.start(ConfigLoader.parse(yaml.toString(), "nutcracker.yml"));
      } catch (IOException e) {
        if (attempt == START_ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
