package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingTest {
  private static final Setting ROOT =
      Setting.ofRoot(
          JsonReader.read(
                  "f.json",
                  """
                  {"pools": {"A": {"servers": ["h:1", 2], "timeout": 5}},
                   "on": true, "weight": 0.5, "none": null}
                  """
                      .getBytes(StandardCharsets.UTF_8))
              .root());
  private static final Setting POOL = ROOT.required("pools").required("A");

  @Test
  void givesWhatIsThere() {
    assertThat(POOL.required("servers").items().get(0).text()).isEqualTo("h:1");
    assertThat(POOL.required("timeout").integer(1, 10)).isEqualTo(5);
    assertThat(POOL.required("timeout").number(0, 10)).isEqualTo(5);
    assertThat(ROOT.required("weight").number(0, 1)).isEqualTo(0.5);
    assertThat(ROOT.required("on").flag()).isTrue();
    assertThat(ROOT.flagOr("on", false)).isTrue();
    assertThat(ROOT.flagOr("off", false)).isFalse();
    assertThat(POOL.textOr("protocol", "ascii")).isEqualTo("ascii");
    assertThat(ROOT.at("nothing")).isNull();
    assertThat(ROOT.members())
        .extracting(Setting::key)
        .containsExactly("pools", "on", "weight", "none");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        refusal(
            root -> root.required("route"),
            "1:1: route: not given (expected: the key in this object)"),
        refusal(
            root -> POOL.required("x"),
            "1:17: pools.A.x: not given (expected: the key in this object)"),
        refusal(root -> root.required("on").required("x"), "2:8: on: true (expected: an object)"),
        refusal(root -> root.required("on").items(), "2:8: on: true (expected: an array)"),
        refusal(root -> root.required("on").text(), "2:8: on: true (expected: a string)"),
        refusal(root -> root.required("none").flag(), "2:37: none: null (expected: true or false)"),
        refusal(
            root -> root.required("weight").integer(1, 9),
            "2:24: weight: 0.5 (expected: an integer, 1-9)"),
        refusal(
            root -> root.required("weight").number(1, 9),
            "2:24: weight: 0.5 (expected: a number, 1.0-9.0)"),
        refusal(
            root -> root.required("on").number(1, 9),
            "2:8: on: true (expected: a number, 1.0-9.0)"),
        refusal(
            root -> POOL.required("timeout").integer(6, 9),
            "1:52: pools.A.timeout: 5 (expected: an integer, 6-9)"),
        refusal(
            root -> POOL.required("servers").items().get(1).text(),
            "1:37: pools.A.servers[1]: 2 (expected: a string)"),
        refusal(
            root -> Setting.ofRoot(POOL.required("servers").json()).object(),
            "1:29: [\"h:1\",2] (expected: an object)"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWhatIsOtherwise(Consumer<Setting> asks, String expected) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> asks.accept(ROOT))
        .withMessage("f.json:" + expected);
  }

  private static Arguments refusal(Consumer<Setting> asks, String expected) {
    return Arguments.of(asks, expected);
  }
}
