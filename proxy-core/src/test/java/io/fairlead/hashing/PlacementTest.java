package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key goes where nutcracker 0.5.0 was seen to send it. */
class PlacementTest {
  @Test
  void placesEveryKeyAsRecorded() {
    List<String[]> rows = RecordedPlacements.rows("twemproxy-placement");
    List<String> wrong = new ArrayList<>();

    for (String[] row : rows) {
      List<RingMember> members = RecordedPlacements.servers(row[3]);
      String placed = place(row[0], row[1], row[2], members, index -> true, row[4]);
      if (!placed.equals(row[5])) {
        wrong.add(String.join(" ", row) + " but is placed on " + placed);
      }
    }

    assertThat(rows).hasSize(5712);
    assertThat(wrong).isEmpty();
  }

  @Test
  void placesEveryKeyAsRecordedAfterEjections() {
    List<String[]> rows = RecordedPlacements.rows("twemproxy-placement-ejected");
    List<String> wrong = new ArrayList<>();

    for (String[] row : rows) {
      List<RingMember> members = RecordedPlacements.servers(row[2]);
      List<String> ejected = RecordedPlacements.names(row[3]);
      IntPredicate live = index -> !ejected.contains(members.get(index).name());
      String placed = place(row[0], row[1], "", members, live, row[4]);
      if (!placed.equals(row[5])) {
        wrong.add(String.join(" ", row) + " but is placed on " + placed);
      }
    }

    assertThat(rows).hasSize(720);
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1:11211:1,         10.0.0.1,         1",
    "10.0.0.1:11212:3,         10.0.0.1:11212,   3",
    "10.0.0.1:11212:3 cache-a, cache-a,          3",
    "::1:11211:1,              ::1,              1",
    "::1:22401:1,              ::1:22401,        1",
    "/run/mc/a.sock:2,         /run/mc/a.sock:,  2",
    "/run/mc/a.sock:2 sock-a,  sock-a,           2"
  })
  void readsServersAsNutcrackerDoes(String line, String name, int weight) {
    assertThat(RecordedPlacements.server(line)).isEqualTo(new RingMember(name, weight));
  }

  @Test
  void readsEscapedKeys() {
    assertThat(RecordedPlacements.key("a\\xff\\x5cb")).isEqualTo("aÿ\\b".getBytes(ISO_8859_1));
  }

  private static String place(
      String hash,
      String distribution,
      String tag,
      List<RingMember> members,
      IntPredicate live,
      String escapedKey) {
    byte[] key = RecordedPlacements.key(escapedKey);
    KeyHasher hasher =
        new KeyHasher(
            KeyHash.named(hash).orElseThrow(),
            KeyBytes.SIGNED,
            tag.isEmpty() ? null : HashTag.of(tag));
    int hashed = hasher.hash(key, key.length);
    DistributionKind kind = DistributionKind.named(distribution).orElseThrow();
    return members.get(kind.over(members, live).serverOf(hashed)).name();
  }
}
