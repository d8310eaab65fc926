package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.ServerSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who belongs to a pool as its source names servers, and names them no more. */
class MembersTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Members members = new Members(Duration.ofSeconds(60));

  @Test
  void areThoseThatWereNamedInTheirNaturalOrder() {
    assertThat(members.named(servers("c-10", "c-9", "b"), true, 0)).isTrue();

    assertThat(names()).containsExactly("b", "c-9", "c-10");
  }

  @Test
  void staySameWhenTheyAreNamedAgainInAnotherOrder() {
    members.named(servers("a", "b"), true, 0);

    assertThat(members.named(servers("b", "a"), true, SECOND)).isFalse();
  }

  @Test
  void keepTheirNameWhenTheirAddressChanges() {
    members.named(List.of(at("a", "10.0.0.1")), true, 0);

    assertThat(members.named(List.of(at("a", "10.0.0.2")), true, SECOND)).isTrue();

    assertThat(members.servers()).containsExactly(at("a", "10.0.0.2"));
  }

  @Test
  void stayUntilTheyHaveBeenMissingForLongEnough() {
    members.named(servers("a", "b"), true, 0);

    assertThat(members.named(servers("a"), true, 10 * SECOND)).isFalse();
    assertThat(members.missing()).isOne();
    assertThat(members.nanosUntilRemoval(20 * SECOND)).isEqualTo(50 * SECOND);
    assertThat(members.removeMissing(70 * SECOND - 1)).isFalse();
    assertThat(names()).containsExactly("a", "b");

    assertThat(members.removeMissing(70 * SECOND)).isTrue();
    assertThat(names()).containsExactly("a");
    assertThat(members.nanosUntilRemoval(70 * SECOND)).isNull();
  }

  @Test
  void timeBeginsAnewForOneThatCameBack() {
    members.named(servers("a", "b"), true, 0);
    members.named(servers("a"), true, 10 * SECOND);
    members.named(servers("a", "b"), true, 50 * SECOND);
    members.named(servers("a"), true, 60 * SECOND);

    assertThat(members.removeMissing(100 * SECOND)).isFalse();
    assertThat(members.named(servers("a"), true, 120 * SECOND)).isTrue();
    assertThat(names()).containsExactly("a");
  }

  @Test
  void nothingFollowsFromWhatAnIncompleteAnswerDoesNotName() {
    members.named(servers("a", "b"), true, 0);

    assertThat(members.named(servers("a", "c"), false, SECOND)).isTrue();

    assertThat(members.missing()).isZero();
    assertThat(names()).containsExactly("a", "b", "c");
  }

  @Test
  void firstOfTwoWithOneNameIsTaken() {
    members.named(List.of(at("a", "10.0.0.1"), at("a", "10.0.0.2")), true, 0);

    assertThat(members.servers()).containsExactly(at("a", "10.0.0.1"));
  }

  private List<String> names() {
    return members.servers().stream().map(ServerSettings::name).toList();
  }

  private static List<ServerSettings> servers(String... names) {
    return Arrays.stream(names).map(name -> at(name, "10.0.0.1")).toList();
  }

  private static ServerSettings at(String name, String address) {
    return new ServerSettings(name, new Address.Tcp(address, 11211), 1);
  }
}
