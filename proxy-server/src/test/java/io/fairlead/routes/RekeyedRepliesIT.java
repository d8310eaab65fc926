package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.ModifyExpirySettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.RoutingPrefixSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random requests through routes that change keys, compared with a memcached that is asked the same
 * directly.
 */
@ExtendWith(LeakCheck.class)
class RekeyedRepliesIT {
  private static final Pattern DEBUGGED = Pattern.compile("ME (\\S+) .*");
  private static final Pattern CODED =
      Pattern.compile("(?m)^((?:VA|HD) .*)\\bk(\\S+)(.*) b(?= |\r?$)");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]+=*");
  private static final int ROUNDS = 40;
  private static final int REQUESTS = 50;
  private static final List<String> PREFIXES = List.of("", "/a/b/", "/x*/*/", "/././");

  @Test
  void areThoseOfAPlainMemcached() {
    long seed = Long.getLong("test.seed", new Random().nextLong());
    Random random = new Random(seed);
    try (Servers servers = new Servers(2);
        TestProxy proxy = new RouteSetup(servers.ports().subList(0, 1)).start(tree());
        RawClient plain = RawClient.connect(servers.ports().get(1))) {
      RawClient client = proxy.client();
      for (int round = 0; round < ROUNDS; round++) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < REQUESTS; i++) {
          requests.append(request(random));
        }
        requests.append("mn\r\n");
        String expected = plain.send(requests.toString()).readThrough("MN\r\n");
        String actual = client.send(requests.toString()).readThrough("MN\r\n");
        assertThat(comparable(actual))
            .as("-Dtest.seed=%d round %d of %s", seed, round, requests)
            .isEqualTo(comparable(expected));
      }
    }
  }

  /**
   * Every prefix has its own name on the server, so that equal keys stay apart as on a plain one.
   */
  private static RouteSettings tree() {
    RouteSettings pool = RouteSetup.pool(0);
    return new RoutingPrefixSettings(
        Map.of(
            "/a/b/", named(pool, "ab:"), "/x/y/", named(pool, "xy:"), "/././", named(pool, "u:")),
        named(pool, "plain:"),
        "/././",
        false);
  }

  private static RouteSettings named(RouteSettings pool, String prefix) {
    RouteSettings renamed = new ModifyKeySettings(pool, prefix, null, ":end", false);
    return new ModifyExpirySettings(renamed, 1000, ModifyExpirySettings.Action.MIN);
  }

  private static String request(Random random) {
    String key = PREFIXES.get(random.nextInt(4)) + "k" + random.nextInt(4);
    int size = random.nextInt(4) > 0 ? random.nextInt(20) : random.nextInt(70_000);
    String value = random.nextInt(3) == 0 ? "7" : "v".repeat(size);
    String data = value.length() + "\r\n" + value + "\r\n";
    boolean coded = random.nextBoolean();
    String meta = coded ? base64(key) : key;
    String flags = flags(random, coded);
    return switch (random.nextInt(16)) {
      case 0, 1 -> "set " + key + " 5 0 " + data;
      case 2 -> "add " + key + " 5 0 " + data;
      case 3 -> "append " + key + " 5 0 " + data;
      case 4 -> "incr " + key + " 3\r\n";
      case 5 -> "touch " + key + " 0\r\n";
      case 6 -> "delete " + key + "\r\n";
      case 7 -> "get " + key + "\r\n";
      case 8 -> "get " + key + " k0 /a/b/k1 nono /x*/*/k2\r\n";
      case 9 -> "gat 0 " + key + " /a/b/k3\r\n";
      case 10 -> "set " + key + " 0 0 1 noreply\r\nx\r\n";
      case 11 -> "ms " + meta + " " + value.length() + flags + "\r\n" + value + "\r\n";
      case 12 -> "mg " + meta + flags + (random.nextBoolean() ? " v" : " s f") + "\r\n";
      case 13 -> "md " + meta + flags + "\r\n";
      case 14 -> "ma " + meta + flags + (random.nextBoolean() ? " v" : "") + "\r\n";
      default -> "me " + meta + (coded ? " b" : "") + "\r\n";
    };
  }

  private static String flags(Random random, boolean coded) {
    return (coded ? " b" : "")
        + (random.nextBoolean() ? " k" : "")
        + (random.nextBoolean() ? " O" + random.nextInt(100) : "")
        + (random.nextInt(8) == 0 ? " q" : "");
  }

  private static String base64(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * What depends on the length of a key, on the clock or on the server is left out. memcached names
   * an item as it was stored, in base64 or not, the proxy as it was asked for. After an incr it is
   * named as in that when another item had to take its place, which depends on whether replies to
   * requests before it had left.
   */
  private static String comparable(String replies) {
    String named = DEBUGGED.matcher(replies).replaceAll(line -> "ME " + plain(line.group(1)));
    return CODED
        .matcher(named)
        .replaceAll(
            line -> quoted(line.group(1)) + "k" + plain(line.group(2)) + quoted(line.group(3)));
  }

  private static String quoted(String text) {
    return Matcher.quoteReplacement(text);
  }

  private static String plain(String key) {
    boolean isCoded = key.length() % 4 == 0 && BASE64.matcher(key).matches();
    String decoded =
        isCoded ? new String(Base64.getDecoder().decode(key), StandardCharsets.ISO_8859_1) : key;
    return Matcher.quoteReplacement(decoded);
  }
}
