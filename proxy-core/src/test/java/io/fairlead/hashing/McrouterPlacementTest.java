package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every key goes where mcrouter sends it: its own code was run for these tables. */
class McrouterPlacementTest {
  private static final Pattern COMMA = Pattern.compile(",");

  private final List<String> wrong = new ArrayList<>();

  @Test
  void placesEveryKeyByItsPositionAsRecorded() {
    List<String[]> rows = RecordedPlacements.rows("mcrouter-hash");

    for (String[] row : rows) {
      Placement placement = positions(row[0], row[1], Integer.parseInt(row[2]));
      check(row, serverOf(placement, row[3]), row[4]);
    }

    assertThat(rows).hasSize(2684);
    assertThat(wrong).isEmpty();
  }

  @Test
  void placesEveryKeyByWeightsAsRecorded() {
    List<String[]> rows = RecordedPlacements.rows("mcrouter-weighted-ch3");

    for (String[] row : rows) {
      List<Double> weights = numbers(row[2]);
      Placement placement =
          hash(row[0])
              .over(row[1], Collections.nCopies(weights.size(), ""), weights, index -> true);
      check(row, serverOf(placement, row[3]), row[4]);
    }

    assertThat(rows).hasSize(704);
    assertThat(wrong).isEmpty();
  }

  @Test
  void placesEveryKeyByTagsAsRecordedAndOrdersTheOthers() {
    List<String[]> rows = RecordedPlacements.rows("mcrouter-rendezvous");
    int ordered = 0;

    for (String[] row : rows) {
      RendezvousPlacement placement = byTags(row);
      check(row, serverOf(placement, row[3]), row[4]);
      if (!row[5].isEmpty()) {
        check(row, order(placement, row[3]), row[5]);
        ordered++;
      }
    }

    assertThat(rows).hasSize(264);
    assertThat(ordered).isEqualTo(132);
    assertThat(wrong).isEmpty();
  }

  @Test
  void hashesEveryKeyAsRecorded() {
    List<String[]> rows = RecordedPlacements.rows("mcrouter-raw-hashes");
    Spooky spooky = new Spooky();

    for (String[] row : rows) {
      byte[] key = row[0].getBytes(UTF_8);
      int n = key.length;
      check(row, Long.toUnsignedString(Murmur64.of(key, 0, n, Murmur64.SEED)), row[1]);
      check(row, Integer.toUnsignedString(Crc.of32(key, 0, n)), row[2]);
      check(row, Integer.toUnsignedString(spooky.hash32(key, 0, n, 0)), row[3]);
      check(row, Integer.toUnsignedString(spooky.hash32(key, 0, n, 0xface2014)), row[4]);
      check(row, Long.toUnsignedString(spooky.hash64(key, 0, n, 0)), row[5]);
    }

    assertThat(rows).hasSize(48);
    assertThat(wrong).isEmpty();
  }

  @Test
  void takesEveryKeyApartAsRecorded() {
    List<String[]> rows = RecordedPlacements.rows("mcrouter-routing-key");

    for (String[] row : rows) {
      byte[] key = ("..." + row[0] + "|#|").getBytes(UTF_8);
      int length = row[0].length();
      int sent = 3 + RoutingKey.prefixLength(key, 3, length);
      long hashed = RoutingKey.hashedPart(key, sent, 3 + length - sent);
      int tail = HashTag.startOf(hashed) + HashTag.lengthOf(hashed);
      check(row, text(key, 3, sent), row[1]);
      check(row, text(key, HashTag.startOf(hashed), tail), row[2]);
      check(row, text(key, tail, 3 + length), row[3]);
      check(row, text(key, sent, 3 + length), row[4]);
    }

    assertThat(rows).hasSize(37);
    assertThat(wrong).isEmpty();
  }

  @Test
  void drawsWithANumberAsSaltAsRecordedForThatSalt() {
    List<String[]> rows =
        RecordedPlacements.rows("mcrouter-hash").stream()
            .filter(row -> row[0].equals("Ch3") && (row[1].equals("1") || row[1].equals("2")))
            .toList();

    for (String[] row : rows) {
      SaltedDraw draw = SaltedDraw.of(Integer.parseInt(row[2]));
      byte[] key = row[3].getBytes(UTF_8);
      int index = draw.indexOf(key, 0, key.length, Integer.parseInt(row[1]));
      check(row, Integer.toString(index), row[4]);
    }

    assertThat(rows).hasSize(264);
    assertThat(wrong).isEmpty();
  }

  private void check(String[] row, String actual, String expected) {
    if (!actual.equals(expected)) {
      wrong.add(String.join(" ", row) + " but is " + actual);
    }
  }

  private static Placement positions(String hash, String salt, int servers) {
    return hash(hash)
        .over(
            salt,
            Collections.nCopies(servers, ""),
            Collections.nCopies(servers, 1.0),
            index -> true);
  }

  private static RendezvousPlacement byTags(String[] row) {
    List<String> tags = COMMA.splitAsStream(row[1]).toList();
    List<Double> weights =
        row[2].isEmpty() ? Collections.nCopies(tags.size(), 1.0) : numbers(row[2]);
    return (RendezvousPlacement) hash(row[0]).over("", tags, weights, index -> true);
  }

  private static McrouterHash hash(String name) {
    return McrouterHash.ofMcrouter(name).orElseThrow();
  }

  private static List<Double> numbers(String joined) {
    return COMMA.splitAsStream(joined).map(Double::valueOf).toList();
  }

  private static String serverOf(Placement placement, String text) {
    byte[] key = text.getBytes(UTF_8);
    long hash = placement.hash(key, 0, key.length);
    return Integer.toString(placement.serverOf(hash, key, 0, key.length));
  }

  private static String order(RendezvousPlacement placement, String text) {
    byte[] key = text.getBytes(UTF_8);
    int[] order = new int[100];
    int servers = placement.order(placement.hash(key, 0, key.length), order);
    return IntStream.of(order)
        .limit(servers)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(","));
  }

  private static String text(byte[] key, int from, int to) {
    return new String(key, from, to - from, UTF_8);
  }
}
