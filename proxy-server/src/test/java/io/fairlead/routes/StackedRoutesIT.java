package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.Escapes;
import io.fairlead.testkit.RawClient;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random requests through random stacks of routes that change nothing for clients, compared with a
 * memcached that is asked the same directly. {@code -Dtest.seed=} repeats a failure.
 */
@ExtendWith(LeakCheck.class)
class StackedRoutesIT {
  private static final int TREES = Integer.getInteger("test.trees", 12);
  private static final int ROUNDS = 12;
  private static final int REQUESTS = 25;
  private static final int LONGEST_PIECE_BITS = 14;
  private static final Pattern CAS = Pattern.compile("VALUE \\S+ \\d+ \\d+ (\\d+)\r\n");

  /** Cas uniques and times depend on what else the server does. */
  private static final Pattern OF_THE_SERVER =
      Pattern.compile("(?<=VALUE \\S{1,250} \\d{1,10} \\d{1,7}) \\d+(?=\r\n)");

  private static final Pattern META =
      Pattern.compile("(?m)(?<=^(?:HD|VA \\d{1,7})( [^\r\n]{0,400})?) [cthl]-?\\d+");

  private final long seed = Long.getLong("test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void areNotToldFromAServer() {
    try (Servers servers = new Servers(2)) {
      for (int i = 0; i < TREES; i++) {
        RandomTree tree = new RandomTree(random);
        servers.reset();
        try (TestProxy proxy = new RouteSetup(servers.ports()).start(tree.root());
            RawClient plain = RawClient.connect(servers.ports().get(1))) {
          compare(tree, proxy.client(), plain);
        } catch (AssertionError e) {
          throw new AssertionError("-Dtest.seed=" + seed + " " + tree, e);
        }
      }
    }
  }

  private void compare(RandomTree tree, RawClient client, RawClient plain) {
    RandomRequests requests = new RandomRequests(random, tree.splits(), !tree.deletesTwice());
    int rounds = tree.splits() ? ROUNDS * REQUESTS / 2 : ROUNDS; // those take several steps each
    for (int round = 0; round < rounds; round++) {
      StringBuilder several = new StringBuilder();
      int more = tree.splits() ? 0 : random.nextInt(REQUESTS);
      for (int i = more; i >= 0; i--) {
        several.append(requests.next());
      }
      several.append("mn\r\n");
      sendInPieces(client, several.toString());
      String actual = client.readThrough("MN\r\n");
      String expected = plain.send(several.toString()).readThrough("MN\r\n");
      assertThat(shortened(comparable(actual)))
          .as(() -> "to " + shortened(several.toString()))
          .isEqualTo(shortened(comparable(expected)));
      assertThat(comparable(actual).equals(comparable(expected))).as("values are equal").isTrue();
      compareCas(requests.key(), client, plain);
    }
  }

  private void sendInPieces(RawClient client, String text) {
    for (int at = 0; at < text.length(); ) {
      int next =
          Math.min(text.length(), at + 1 + random.nextInt(1 << random.nextInt(LONGEST_PIECE_BITS)));
      client.send(text.substring(at, next));
      at = next;
    }
  }

  /** Each of them has uniques of its own. */
  private void compareCas(String key, RawClient client, RawClient plain) {
    String ask = random.nextBoolean() ? "gats 0 " : "gets ";
    String value = "c".repeat(random.nextInt(20));
    String[] replies = new String[2];
    RawClient[] both = {client, plain};
    for (int i = 0; i < 2; i++) {
      both[i].send(ask + key + "\r\nmn\r\n");
      Matcher found = CAS.matcher(both[i].readThrough("MN\r\n"));
      String unique = found.find() ? found.group(1) : "1";
      both[i].send(
          "cas " + key + " 1 0 " + value.length() + " " + unique + "\r\n" + value + "\r\n");
      replies[i] = both[i].readLine();
    }
    assertThat(replies[0]).as("cas of " + key).isEqualTo(replies[1]);
  }

  private static String shortened(String text) {
    return Escapes.encode(text.replaceAll("v{9,}", "vv..vv"));
  }

  private static String comparable(String replies) {
    String same = OF_THE_SERVER.matcher(replies).replaceAll(" N");
    same = META.matcher(same).replaceAll(" N");
    return same.replaceAll("(ME \\S+) [^\r\n]*", "$1");
  }
}
