package io.fairlead.it;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is stored through nutcracker is found through the proxy, and the other way round. */
@ExtendWith(LeakCheck.class)
class PlacementIT {
  private static final int KEYS = 20_000;
  private static final int AT_ONCE = 250;
  private static final int LONGEST_KEY = 250;

  @TempDir private Path folder;

  private List<MemcachedServer> servers = List.of();

  @BeforeEach
  void startServers() {
    servers = Memcached.startAll(3);
  }

  @AfterEach
  void stopServers() {
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void findsThroughOneWhatWasStoredThroughTheOther() throws Exception {
    try (Nutcracker nutcracker = Nutcracker.start(servers, folder);
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(servers).start();
        RawClient theirs = nutcracker.connect();
        RawClient ours = proxy.connect()) {
      List<String> keys = keys(new Random(1));

      store(theirs, keys, "by nutcracker ");
      find(ours, keys, "by nutcracker ");

      store(ours, keys, "by the proxy ");
      find(theirs, keys, "by the proxy ");
    }
  }

  private static List<String> keys(Random random) {
    List<String> keys = new ArrayList<>(KEYS);
    for (int i = 0; i < KEYS; i++) {
      keys.add(
          switch (i % 8) {
            case 0 -> Integer.toString(i);
            case 1 -> "user:" + i + ":profile";
            case 2 -> "/static/" + random.nextInt(100) + "/{" + i + "}/image.png?size=" + i;
            case 3 -> i + "-" + "x".repeat(LONGEST_KEY - 1 - Integer.toString(i).length());
            case 4 -> randomBytes(random, 1 + random.nextInt(60)) + i;
            case 5 -> Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            case 6 -> "session." + "0".repeat(random.nextInt(40)) + i;
            default -> "K" + i + "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
          });
    }
    return keys;
  }

  /** Any bytes that a key may have, those beyond ASCII included. */
  private static String randomBytes(Random random, int length) {
    StringBuilder bytes = new StringBuilder();
    while (bytes.length() < length) {
      char c = (char) (0x21 + random.nextInt(0x100 - 0x21));
      if (c != 0x7f) {
        bytes.append(c);
      }
    }
    return bytes.toString();
  }

  private static void store(RawClient client, List<String> keys, String mark) {
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      StringBuilder requests = new StringBuilder();
      for (String key : keys.subList(from, from + AT_ONCE)) {
        int length = mark.length() + key.length();
        requests.append("set " + key + " 0 0 " + length + "\r\n" + mark + key + "\r\n");
      }
      client.send(requests.toString()).expect("STORED\r\n".repeat(AT_ONCE));
    }
  }

  private static void find(RawClient client, List<String> keys, String mark) {
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      StringBuilder requests = new StringBuilder();
      StringBuilder replies = new StringBuilder();
      for (String key : keys.subList(from, from + AT_ONCE)) {
        int length = mark.length() + key.length();
        requests.append("get " + key + "\r\n");
        replies.append("VALUE " + key + " 0 " + length + "\r\n" + mark + key + "\r\nEND\r\n");
      }
      client.send(requests.toString()).expect(replies.toString());
    }
  }
}
