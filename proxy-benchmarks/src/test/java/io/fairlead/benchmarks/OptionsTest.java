package io.fairlead.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.benchmarks.load.Scenario;
import io.fairlead.benchmarks.peers.Peer;
import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void defaultsAreThoseOfAVerdict() {
    Options options = Options.of();

    assertThat(options.scenarios).hasSize(7).contains(Scenario.A, Scenario.G);
    assertThat(options.peers).containsOnlyKeys("nutcracker", "fairlead", "direct");
    assertThat(options.rounds).isEqualTo(8);
    assertThat(options.reference()).isEqualTo("nutcracker");
    assertThat(options.openRate(Scenario.D)).isEqualTo(20_000);
  }

  @Test
  void judgesFairleadUnlessRatiosAreToIt() {
    assertThat(Options.of().subject()).isEqualTo("fairlead");
    assertThat(Options.of("--peers", "direct,again=direct").subject()).isEqualTo("fairlead");
    assertThat(Options.of("--peers", "fairlead,fairlead-tls").subject()).isEqualTo("fairlead-tls");
    assertThat(Options.of("--peers", "fairlead").subject()).isEqualTo("fairlead");
    assertThat(Options.of("--subject", "direct").subject()).isEqualTo("direct");
  }

  @Test
  void readsDurations() {
    assertThat(Options.of("--slice", "1s").sliceSeconds).isEqualTo(1);
    assertThat(Options.of("--slice", "250ms").sliceSeconds).isEqualTo(0.25);
    assertThat(Options.of("--warmup", "1.5").warmupSeconds).isEqualTo(1.5);
  }

  @Test
  void readsRatesOfAllOrSomeScenarios() {
    Options options = Options.of("--rate", "500,AC=7000");

    assertThat(options.openRate(Scenario.C)).isEqualTo(7000);
    assertThat(options.openRate(Scenario.D)).isEqualTo(500);
  }

  @Test
  void readsPeersAndTheirCommands() {
    Options options = Options.of("--peers", "null=nutcracker,mine=./start x");

    assertThat(options.peers.get("null")).isEqualTo(new Peer.Nutcracker());
    assertThat(options.peers.get("mine")).isInstanceOf(Peer.Command.class);
    assertThat(options.reference()).isEqualTo("null");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused("--scenarios: Z (expected: A to L)", "--scenarios", "AZ");
    assertRefused("--peers: mcrouter (expected", "--peers", "mcrouter");
    assertRefused("--speed: unknown option", "--speed", "9");
    assertRefused("--rounds: many (expected: a number)", "--rounds", "many");
    assertRefused("--servers: 0 (expected: 1 or more)", "--servers", "0");
    assertRefused("--rounds: unknown, or without its value", "--rounds");
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> Options.of(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
