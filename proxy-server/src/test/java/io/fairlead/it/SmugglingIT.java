package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.HostilePiece.Fate;
import io.fairlead.testkit.Escapes;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Hostile clients of a memcached, and of a proxy in front of another one: what is stored afterwards
 * is the same, and so are the replies, but for what the proxy refuses, of which nothing is stored.
 *
 * <p>{@code -Dfairlead.seed=N} repeats a run, {@code -Dfairlead.streams=N} makes it longer.
 */
@ExtendWith(LeakCheck.class)
class SmugglingIT {
  private static final int MOST_PIECES = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String MARKER = "mg marker k\r\n";

  /** To this no other request is answered. */
  private static final String MARKED = "EN kmarker\r\n";

  private static final Pattern UNIQUE = Pattern.compile("(VALUE \\S+ \\d+ \\d+) \\d+\r\n");
  private static final Pattern MISTAKE = Pattern.compile("CLIENT_ERROR [^\r\n]*\r\n");
  private static final Pattern SECONDS = Pattern.compile(" t\\d+");

  /** What me tells of an item besides its size depends on the time, and on what was before. */
  private static final Pattern HISTORY = Pattern.compile("la=\\d+ cas=\\d+");

  @Test
  void whatIsStoredIsWhatWasAskedFor() throws IOException {
    long seed = Long.getLong("fairlead.seed", System.nanoTime());
    int streams = Integer.getInteger("fairlead.streams", 400);
    Random random = new Random(seed);
    int refused = 0;
    int compared = 0;
    try (MemcachedServer straight = Memcached.start();
        MemcachedServer behind = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(behind).start()) {
      for (int i = 0; i < streams; i++) {
        List<HostilePiece> pieces = stream(random);
        String what =
            "-Dfairlead.seed=" + seed + ", stream " + i + ": " + Escapes.encode(text(pieces));
        compared += play(what, pieces, random, straight, proxy) ? 1 : 0;
        refused += (int) pieces.stream().filter(piece -> !piece.fate().isServed()).count();
        assertThat(stored(behind)).as(what).isEqualTo(stored(straight));
        clear(straight);
        clear(behind);
      }
    }
    System.out.printf(
        "%-36s seed %d, %d streams, %d pieces refused, all replies of %d streams equal%n",
        "SMUGGLING", seed, streams, refused, compared);
    assertThat(refused).isPositive();
    assertThat(compared).isPositive();
  }

  private static List<HostilePiece> stream(Random random) {
    List<HostilePiece> pieces = new ArrayList<>();
    for (int i = random.nextInt(MOST_PIECES); i >= 0; i--) {
      pieces.add(HostilePiece.next(random));
    }
    return pieces;
  }

  /** Whether all replies could be compared. */
  private static boolean play(
      String what,
      List<HostilePiece> pieces,
      Random random,
      MemcachedServer straight,
      ProxyUnderTest proxy) {
    boolean closes = pieces.stream().anyMatch(piece -> piece.fate().closes());
    String expected;
    try (RawClient client = RawClient.connect(straight.address())) {
      client.send(served(pieces) + MARKER);
      expected = client.readThrough(MARKED);
    }
    try (RawClient client = proxy.connect()) {
      inPieces(client, text(pieces) + MARKER, random);
      if (closes) {
        client.receiveFor(PATIENCE);
        assertThat(client.isClosed()).as(what).isTrue();
        return false;
      }
      String told = readThroughMarker(client, what);
      boolean same = pieces.stream().allMatch(piece -> piece.fate() == Fate.SAME);
      if (same) {
        assertThat(masked(told)).as(what).isEqualTo(masked(expected));
      }
      return same;
    }
  }

  private static String readThroughMarker(RawClient client, String what) {
    try {
      return client.readThrough(MARKED);
    } catch (AssertionError e) {
      throw new AssertionError(what, e);
    }
  }

  private static void inPieces(RawClient client, String text, Random random) {
    for (int at = 0; at < text.length() && !client.isClosed(); ) {
      int to = Math.min(text.length(), at + 1 + random.nextInt(1 << random.nextInt(18)));
      client.send(text.substring(at, to));
      at = to;
    }
  }

  private static String text(List<HostilePiece> pieces) {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.bytes()));
    return text.toString();
  }

  /** Without what is refused, and what follows the end of the connection. */
  private static String served(List<HostilePiece> pieces) {
    StringBuilder text = new StringBuilder();
    for (HostilePiece piece : pieces) {
      if (piece.fate().closes()) {
        break;
      }
      text.append(piece.fate().isServed() ? piece.bytes() : "");
    }
    return text.toString();
  }

  /** Of two mistakes in one line either may be told. */
  private static String masked(String replies) {
    String masked = UNIQUE.matcher(replies).replaceAll("$1 CAS\r\n");
    masked = HISTORY.matcher(masked).replaceAll("HISTORY");
    return MISTAKE.matcher(masked).replaceAll("CLIENT_ERROR\r\n");
  }

  private static String stored(MemcachedServer server) {
    StringBuilder asked = new StringBuilder();
    HostilePiece.probes().forEach(key -> asked.append("mg " + key + " k t f s v\r\n"));
    HostilePiece.codedProbes().forEach(key -> asked.append("mg " + key + " b k t f s v\r\n"));
    try (RawClient client = RawClient.connect(server.address())) {
      String told = client.send(asked + MARKER).readThrough(MARKED);
      return SECONDS.matcher(told).replaceAll(" tSOON");
    }
  }

  private static void clear(MemcachedServer server) {
    try (RawClient client = RawClient.connect(server.address())) {
      client.send("flush_all\r\n").expect("OK\r\n");
    }
  }
}
