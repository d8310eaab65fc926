package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.ManualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionTest {
  private final ManualClock clock = ManualClock.create();
  private final Cache cache = new Cache(clock, 64 << 10);
  private final Session session = new Session(cache, "1.6.18");

  @Test
  void itemsExpire() {
    assertThat(send("set k 0 10 1\r\nx\r\nmg k t\r\n")).isEqualTo("STORED\r\nHD t10\r\n");
    advance(9);
    assertThat(send("mg k v t\r\n")).isEqualTo("VA 1 t1\r\nx\r\n");
    advance(1);
    assertThat(send("get k\r\n")).isEqualTo("END\r\n");
  }

  @Test
  void largeExpiryIsAMoment() {
    long inTenSeconds = clock.instant().getEpochSecond() + 10;
    assertThat(send("set k 0 " + inTenSeconds + " 1\r\nx\r\nmg k t\r\n"))
        .isEqualTo("STORED\r\nHD t10\r\n");
  }

  @Test
  void touchingProlongs() {
    send("set k 0 10 1\r\nx\r\n");
    assertThat(send("touch k 100\r\n")).isEqualTo("TOUCHED\r\n");
    advance(50);
    assertThat(send("gat 0 k\r\nmg k t\r\n")).isEqualTo("VALUE k 0 1\r\nx\r\nEND\r\nHD t-1\r\n");
  }

  @Test
  void delayedFlushTakesEverythingStoredBeforeItsMoment() {
    send("set before 0 0 1\r\nx\r\nflush_all 10\r\n");
    advance(8);
    assertThat(send("get before\r\nset between 0 0 1\r\nx\r\n"))
        .isEqualTo("VALUE before 0 1\r\nx\r\nEND\r\nSTORED\r\n");
    advance(2);
    assertThat(send("get before between\r\nset after 0 0 1\r\nx\r\nget after\r\n"))
        .isEqualTo("END\r\nSTORED\r\nVALUE after 0 1\r\nx\r\nEND\r\n");
  }

  @Test
  void leastRecentlyUsedItemsMakeRoom() {
    String value = "v".repeat(10_000);
    for (int i = 0; i < 6; i++) {
      send("set k" + i + " 0 0 10000\r\n" + value + "\r\n");
    }
    send("get k0\r\n");

    send("set k6 0 0 10000\r\n" + value + "\r\n");

    assertThat(send("mg k0\r\nmg k1\r\nmg k2\r\nmg k6\r\n")).isEqualTo("HD\r\nEN\r\nHD\r\nHD\r\n");
    assertThat(send("stats\r\n")).contains("STAT evictions 1\r\n", "STAT curr_items 6\r\n");
  }

  @Test
  void peekingDoesNotCountAsUse() {
    String value = "v".repeat(20_000);
    send("set a 0 0 20000\r\n" + value + "\r\nset b 0 0 20000\r\n" + value + "\r\n");
    send("set c 0 0 20000\r\n" + value + "\r\nmg a u\r\n");

    send("set d 0 0 20000\r\n" + value + "\r\n");

    assertThat(send("mg a\r\nmg b\r\n")).isEqualTo("EN\r\nHD\r\n");
  }

  @Test
  void oneClientRecachesBeforeExpiry() {
    send("set k 0 30 1\r\nx\r\n");
    assertThat(send("mg k R10 v\r\n")).isEqualTo("VA 1\r\nx\r\n");
    advance(25);
    assertThat(send("mg k R10 v\r\nmg k R10 v\r\n")).isEqualTo("VA 1 W\r\nx\r\nVA 1 Z\r\nx\r\n");
  }

  @Test
  void tellsTimeSinceLastAccess() {
    send("set k 0 0 1\r\nx\r\n");
    advance(7);
    assertThat(send("mg k l h\r\nmg k l h\r\nmg k l h\r\n"))
        .isEqualTo("HD l7 h0\r\nHD l7 h1\r\nHD l0 h1\r\n");
  }

  @Test
  void countsWhatHappens() {
    send("set k 0 0 1\r\n1\r\nget k j\r\ngets k\r\nincr k 1\r\ndecr j 1\r\ndelete j\r\n");
    send("cas k 0 0 1 99\r\nx\r\ntouch k 0\r\nflush_all\r\n");

    assertThat(send("stats\r\n").lines())
        .contains(
            "STAT cmd_get 3",
            "STAT get_hits 2",
            "STAT get_misses 1",
            "STAT cmd_set 2",
            "STAT incr_hits 1",
            "STAT decr_misses 1",
            "STAT delete_misses 1",
            "STAT cas_badval 1",
            "STAT touch_hits 1",
            "STAT cmd_flush 1",
            "STAT curr_connections 1",
            "STAT version 1.6.18",
            "END");
    assertThat(send("stats reset\r\n")).isEqualTo("RESET\r\n");
    assertThat(send("stats\r\n")).contains("STAT cmd_get 0\r\n");
  }

  @Test
  void closesForeignProtocols() throws IOException {
    byte[] binary = {(byte) 0x80, 0x0b};
    assertThat(session.receive(binary, 0, 2, new ByteArrayOutputStream())).isFalse();
  }

  private void advance(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  private String send(String bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      byte[] input = bytes.getBytes(ISO_8859_1);
      assertThat(session.receive(input, 0, input.length, out)).isTrue();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toString(ISO_8859_1);
  }
}
