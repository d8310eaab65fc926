package io.fairlead.macro;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import io.fairlead.json.Json;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random calls of everything with anything: expanded or refused, but never anything else. */
class MacroProperties {
  private static final int ROUNDS = 20_000;
  private static final String[] NAMES = {
    "if",
    "and",
    "or",
    "not",
    "equals",
    "less",
    "define",
    "defined",
    "fail",
    "isArray",
    "isInt",
    "isLocalIp",
    "int",
    "double",
    "str",
    "bool",
    "keys",
    "values",
    "select",
    "set",
    "contains",
    "size",
    "empty",
    "merge",
    "slice",
    "range",
    "split",
    "sort",
    "shuffle",
    "add",
    "div",
    "mod",
    "bitwiseNot",
    "bitwiseLeftShift",
    "transform",
    "process",
    "foreach",
    "import",
    "m",
    "n",
    "macroDef",
    "PoolRoute",
    "hash",
    "weightedHash"
  };
  private static final String[] KEYS = {
    "type",
    "vars",
    "dictionary",
    "from",
    "to",
    "key",
    "item",
    "params",
    "A",
    "B",
    "value",
    "top",
    "condition",
    "is_true",
    "is_false",
    "itemTransform",
    "keyTransform",
    "initialValue",
    "transform",
    "use",
    "where",
    "result",
    "seed",
    "delim",
    "a",
    "b",
    "%a%",
    "name",
    "default"
  };
  private static final String[] TEXTS = {
    "",
    "a",
    "b,c",
    "%a%",
    "%b%",
    "%key%",
    "%item%",
    "%value%",
    "x%a%",
    "\\\\%",
    "\\\\",
    "%",
    "(",
    ")",
    "7",
    "true",
    "0.5",
    "default-route",
    "%default-route%",
    "%v%"
  };

  @RegisterExtension final Seeded seeded = new Seeded();

  @Test
  void expandsOrRefusesWhateverComes() {
    Random random = seeded.random();
    int expanded = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String macros =
          "{\"m\":{\"type\":\"macroDef\",\"params\":[\"a\",{\"name\":\"b\",\"default\":1}],"
              + "\"result\":"
              + value(random, 2)
              + "},\"n\":{\"type\":\"macroDef\",\"result\":"
              + value(random, 2)
              + "},\"v\":{\"type\":\"constDef\",\"result\":"
              + value(random, 1)
              + "}}";
      expanded += isExpanded("{\"macros\":" + macros + ",\"x\":" + value(random, 4) + "}") ? 1 : 0;
    }
    assertThat(expanded).isBetween(ROUNDS / 100, ROUNDS - 1);
  }

  private static boolean isExpanded(String document) {
    try {
      Json root = Expanding.expand(document).root();
      String written = JsonWriter.pretty(root);
      JsonReader.read("written", written.getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (JsonException e) {
      assertThat(e).hasMessageMatching("(?s).+:\\d+:\\d+: .+");
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(document, e);
    }
  }

  private static String value(Random random, int depth) {
    int kind = random.nextInt(depth > 0 ? 9 : 5);
    return switch (kind) {
      case 0 -> Integer.toString(random.nextInt(20) - 5);
      case 1 -> random.nextBoolean() ? "0.5" : "null";
      case 2 -> Boolean.toString(random.nextBoolean());
      case 3 -> '"' + oneOf(TEXTS, random) + '"';
      case 4 -> '"' + call(random, depth) + '"';
      case 5 -> "[" + values(random, depth, "") + "]";
      case 6 -> "{" + values(random, depth, null) + "}";
      default -> "{\"type\":\"" + oneOf(NAMES, random) + "\"," + values(random, depth, null) + "}";
    };
  }

  private static String values(Random random, int depth, @Nullable String key) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(
            i -> (key == null ? '"' + oneOf(KEYS, random) + "\":" : key) + value(random, depth - 1))
        .collect(Collectors.joining(","));
  }

  private static String call(Random random, int depth) {
    String arguments =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(
                i ->
                    depth > 0 && random.nextBoolean()
                        ? call(random, depth - 1)
                        : oneOf(TEXTS, random))
            .collect(Collectors.joining(","));
    return "@" + oneOf(NAMES, random) + (random.nextInt(8) == 0 ? "" : "(" + arguments + ")");
  }

  private static String oneOf(String[] choices, Random random) {
    return choices[random.nextInt(choices.length)];
  }
}
