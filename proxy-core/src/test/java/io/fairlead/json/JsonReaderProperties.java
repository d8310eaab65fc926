package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Random bytes and damaged documents: read or refused, but never anything else. */
class JsonReaderProperties {
  private static final int ROUNDS = 20_000;
  private static final byte[] DOCUMENT =
      """
      { // pools
        "pools": {"A": {"servers": ["h\\u00e9:1", "\\ud83d\\ude00"], "weights": [0.5, 1e3, -7,]}},
        /* route */ "route": "PoolRoute|A", "on": true, "off": null
      }
      """
          .getBytes(StandardCharsets.UTF_8);
  private static final byte[] PARTS =
      "{}[]\",:/*\\u0d8 \n#'tfn-+.eE19\u00e9".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension final Seeded seeded = new Seeded();

  @Test
  void readsOrRefusesWhateverComes() {
    Random random = seeded.random();
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] content = i % 2 == 0 ? damaged(random) : parts(random);
      read += isRead(content) ? 1 : 0;
    }
    assertThat(read).isBetween(1, ROUNDS - 1);
  }

  private static boolean isRead(byte[] content) {
    try {
      Json root = JsonReader.read("f.json", content).root();
      assertReadsBack(root);
      return true;
    } catch (JsonException e) {
      assertThat(e.position().line()).isPositive();
      assertThat(e).hasMessageMatching("(?s)f\\.json:\\d+:\\d+: .+ \\(expected: .+\\).*");
      return false;
    }
  }

  private static void assertReadsBack(Json root) {
    for (String written : new String[] {JsonWriter.compact(root), JsonWriter.pretty(root)}) {
      Json again = JsonReader.read("f.json", written.getBytes(StandardCharsets.UTF_8)).root();
      assertThat(JsonWriter.compact(again)).isEqualTo(JsonWriter.compact(root));
    }
  }

  private static byte[] damaged(Random random) {
    byte[] content = DOCUMENT.clone();
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(content.length);
      content[at] =
          random.nextBoolean() ? (byte) random.nextInt() : PARTS[random.nextInt(PARTS.length)];
    }
    return content;
  }

  private static byte[] parts(Random random) {
    byte[] content = new byte[random.nextInt(20)];
    for (int i = 0; i < content.length; i++) {
      content[i] = PARTS[random.nextInt(PARTS.length)];
    }
    return content;
  }
}
