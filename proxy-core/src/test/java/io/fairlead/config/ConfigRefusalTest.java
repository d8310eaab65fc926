package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is refused, and in which words. The cases are in {@code refusals.txt}: a title after {@code
 * >>>}, a file, and after {@code <<<} the lines that the user sees, in this order.
 */
class ConfigRefusalTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void refuses(String title, String yaml, String expected) {
    ConfigException e =
        catchThrowableOfType(ConfigException.class, () -> ConfigLoader.parse(yaml, "f.yaml"));

    assertThat(e).as(title).isNotNull();
    assertThat(e.getMessage()).isEqualTo(expected);
  }

  static Stream<Arguments> refusals() throws IOException {
    return Stream.of(resource().split("(?m)^>>> ", -1)).skip(1).map(ConfigRefusalTest::refusal);
  }

  @Test
  void problemHoldsItsPartsForPrograms() {
    ConfigException e =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigLoader.parse("pools: {a: {servers: [x]}}\nlimit: 1\n", "f.yaml"));

    assertThat(e.problems())
        .containsExactly(
            new Problem(
                "f.yaml",
                2,
                1,
                "limit",
                "unknown key",
                "one of listeners, pools, routes, admin, twemproxy_stats, delete_spool, threads,"
                    + " limits, version, shutdown, reload, warm_up",
                "did you mean limits?"));
  }

  private static Arguments refusal(String text) {
    int body = text.indexOf('\n') + 1;
    int expected = text.indexOf("<<<\n", body);
    return Arguments.of(
        text.substring(0, body - 1),
        text.substring(body, expected),
        text.substring(expected + 4).strip());
  }

  private static String resource() throws IOException {
    try (InputStream in = ConfigRefusalTest.class.getResourceAsStream("refusals.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .replace("{kinds}", ValueKind.anyOf(List.copyOf(RouteForms.ALL.words())))
          .replace("{hashes}", names(KeyHash.values()))
          .replace("{distributions}", distributions());
    }
  }

  private static String distributions() {
    return ValueKind.anyOf(
        Stream.concat(
                Arrays.stream(DistributionKind.values()).map(ValueKind::nameOf),
                Arrays.stream(McrouterHash.values()).map(ValueKind::nameOf))
            .toList());
  }

  private static String names(Enum<?>[] constants) {
    return ValueKind.anyOf(Arrays.stream(constants).map(ValueKind::nameOf).toList());
  }
}
