package io.fairlead.macro;

import static io.fairlead.macro.Expanding.expand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.json.JsonException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A few lines that ask for more than there is: each is refused soon, and nothing else happens. */
class BombTest {
  private static final String VALUES =
      "more than 1000000 values so far (expected: macros that make less)";
  private static final String STEPS =
      "more than 10000000 steps so far (expected: macros that do less)";

  @Test
  void endsDoublingByCalls() {
    assertRefused(doubling("[\"@m%d\",\"@m%d\"]", 40), VALUES);
  }

  @Test
  void endsDoublingOfSharedValues() {
    String vars =
        IntStream.range(1, 60)
            .mapToObj(i -> "\"v" + i + "\":[\"%v" + (i - 1) + "%\",\"%v" + (i - 1) + "%\"]")
            .collect(Collectors.joining(","));
    assertRefused("{\"vars\":{\"v0\":1," + vars + "},\"x\":\"%v59%\"}", VALUES);
  }

  @Test
  void endsDoublingOfStrings() {
    String vars =
        IntStream.range(1, 60)
            .mapToObj(i -> "\"v" + i + "\":\"%v" + (i - 1) + "%%v" + (i - 1) + "%\"")
            .collect(Collectors.joining(","));
    assertRefused("{\"vars\":{\"v0\":\"text\"," + vars + "},\"x\":\"%v59%\"}", VALUES);
  }

  @Test
  void endsALongRange() {
    assertRefused("{\"x\":\"@range(@int(0),@int(9223372036854775807))\"}", VALUES);
  }

  @Test
  void endsManySteps() {
    assertRefused(
        """
        {"vars": {"r": "@range(@int(1),@int(9000))"},
         "x": {"type": "process", "dictionary": "%r%", "initialValue": false,
           "transform": "@or(@contains(%r%,a),@less(%r%,%r%))"}}
        """,
        STEPS);
  }

  @Test
  void endsALoopInALoop() {
    assertRefused(
        """
        {"vars": {"r": "@range(@int(1),@int(100000))"},
         "x": {"type": "foreach", "from": "%r%", "use": {
           "type": "foreach", "from": "%r%", "where": "@bool(no)"}}}
        """,
        VALUES);
  }

  @Test
  void endsWhatGrowsByWhatItHas() {
    assertRefused(
        """
        {"vars": {"r": "@range(@int(1),@int(100000))"},
         "x": {"type": "foreach", "from": "%r%", "use": "%r%"}}
        """,
        VALUES);
  }

  @Test
  void endsAValueThatGetsDeeper() {
    assertRefused(
        """
        {"x": {"type": "process", "dictionary": "@range(@int(1),@int(10000))",
          "initialValue": 1, "transform": ["%value%"]}}
        """,
        "a value of 251 levels (expected: at most 250)");
  }

  @Test
  void endsMacrosThatCallEachOther() {
    assertRefused(
        """
        {"macros": {
          "a": {"type":"macroDef", "params":["n"], "result": {"type":"if", "condition":true,
            "is_true": {"k": ["@b(@str(%n%))"]}, "is_false": 1}},
          "b": {"type":"macroDef", "params":["n"], "result": {"type":"a", "n":"%n%"}}},
         "x": "@a(1)"}
        """,
        "250 calls and values inside each other (expected: a macro that comes to an end)");
  }

  @Test
  void endsCallsInsideEachOther() {
    assertRefused(
        "{\"x\":\"" + "@str(".repeat(100_000) + ")".repeat(100_000) + "\"}",
        "250 calls and values inside each other (expected: a macro that comes to an end)");
  }

  @Test
  void needsLittleStackForTheDeepestCalls() throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread thread = new Thread(null, this::endsMacrosThatCallEachOther, "small", 512 << 10);
    thread.setUncaughtExceptionHandler((t, e) -> thrown[0] = e);
    thread.start();
    thread.join();

    assertThat(thrown[0]).isNull();
  }

  @Test
  void allowsAPoolFiveTimesTheLargest() {
    assertThat(
            expand(
                    """
                    {"x": {"type": "transform", "dictionary": "@range(@int(1),@int(50000))",
                      "itemTransform": {"type": "merge", "params": ["10.0.0.1:", "@str(%item%)"]}}}
                    """)
                .root()
                .weight())
        .isGreaterThan(50_000);
  }

  private static String doubling(String pattern, int levels) {
    String macros =
        IntStream.range(1, levels)
            .mapToObj(
                i ->
                    "\"m"
                        + i
                        + "\":{\"type\":\"macroDef\",\"result\":"
                        + pattern.replace("%d", Integer.toString(i - 1))
                        + "}")
            .collect(Collectors.joining(","));
    return "{\"macros\":{\"m0\":{\"type\":\"macroDef\",\"result\":1},"
        + macros
        + "},\"x\":\"@m"
        + (levels - 1)
        + "\"}";
  }

  private static void assertRefused(String document, String problem) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> expand(document))
        .satisfies(e -> assertThat(e.problem()).isEqualTo(problem));
  }
}
