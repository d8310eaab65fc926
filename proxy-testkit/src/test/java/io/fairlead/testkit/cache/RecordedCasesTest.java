package io.fairlead.testkit.cache;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.EdgeCase;
import io.fairlead.testkit.EdgeCase.Connection;
import io.fairlead.testkit.EdgeCase.Part;
import io.fairlead.testkit.EdgeCase.Reply;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.VectorFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Replays what was recorded from memcached 1.6.18, whole and byte by byte. */
class RecordedCasesTest {
  private static final int WHOLE = Integer.MAX_VALUE;
  private static final int LONGEST_TO_SPLIT = 1_500;

  @Test
  void answersLikeMemcached() throws IOException {
    Map<String, String> differences = new LinkedHashMap<>();
    for (EdgeCase recorded : recordedCases()) {
      compare(recorded, WHOLE, differences);
    }

    assertThat(differences.keySet())
        .as(String.join("\n", differences.values()))
        .isEqualTo(deliberateDifferences().keySet());
  }

  /** Leaves out what depends on how much comes at once: the longest lines and one admin command. */
  @Test
  void answersTheSameWhenEveryByteComesAlone() throws IOException {
    Map<String, String> differences = new LinkedHashMap<>();
    for (EdgeCase recorded : recordedCases()) {
      boolean isShort =
          recorded.parts().stream().allMatch(part -> part.input().length() < LONGEST_TO_SPLIT);
      if (isShort && !recorded.id().equals("watch-after-pipelined")) {
        compare(recorded, 1, differences);
      }
    }

    assertThat(deliberateDifferences().keySet())
        .as(String.join("\n", differences.values()))
        .containsAll(differences.keySet());
  }

  private static void compare(EdgeCase recorded, int pieces, Map<String, String> differences)
      throws IOException {
    List<Reply> actual = replay(recorded, pieces);
    if (!actual.equals(recorded.expected())) {
      differences.put(
          recorded.id(),
          recorded.id() + "\n  recorded: " + recorded.expected() + "\n  actual:   " + actual);
    }
  }

  private static List<Reply> replay(EdgeCase recorded, int pieces) throws IOException {
    Cache cache = new Cache(ManualClock.create(), Cache.DEFAULT_MEMORY_LIMIT);
    Session session = new Session(cache, "1.6.18");
    List<Reply> replies = new ArrayList<>();
    boolean open = true;
    for (Part part : recorded.parts()) {
      if (!open) {
        replies.add(new Reply("", Connection.NOT_SENT));
        continue;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] input = part.input().getBytes(ISO_8859_1);
      for (int from = 0; from < input.length && open; from += Math.min(pieces, input.length)) {
        open = session.receive(input, from, Math.min(pieces, input.length), out);
      }
      Connection connection = open ? Connection.OPEN : Connection.CLOSED;
      replies.add(new Reply(out.toString(ISO_8859_1), connection));
    }
    return replies;
  }

  private static List<EdgeCase> recordedCases() throws IOException {
    try (InputStream in = resource("ascii-edge-cases.tsv")) {
      return VectorFile.read(in, "memcached_1.6.18");
    }
  }

  /** Ids of cases with the reason for each. */
  private static Map<String, String> deliberateDifferences() throws IOException {
    Map<String, String> reasons = new LinkedHashMap<>();
    try (InputStream in = resource("deliberate-differences.tsv")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split("\t", 2);
          reasons.put(cells[0], cells[1]);
        }
      }
    }
    return reasons;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(EdgeCase.class.getResourceAsStream(name), name);
  }
}
