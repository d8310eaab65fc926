package io.fairlead.server.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {
  private static final String THREE =
      "VALUE a 0 7\r\nEND\r\nxy\r\nVALUE b 0 0\r\n\r\nEND\r\nSTORED\r\nEND\r\n";

  private final Pending pending = new Pending(8);
  private final Tally tally = new Tally();
  private final ReplyReader reader = new ReplyReader(pending, tally);

  @BeforeEach
  void count() {
    tally.count(true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void countsHitsAndMissesHoweverRepliesAreCut(int pieceBytes) {
    pending.add(100, 3);
    pending.add(100, 0);
    pending.add(100, 1);
    for (int from = 0; from < THREE.length(); from += pieceBytes) {
      String piece = THREE.substring(from, Math.min(THREE.length(), from + pieceBytes));
      assertThat(read(piece)).isNull();
    }

    assertThat(tally.gets).isEqualTo(2);
    assertThat(tally.sets).isOne();
    assertThat(tally.hits).isEqualTo(2);
    assertThat(tally.misses).isEqualTo(2);
    assertThat(tally.errors).isZero();
    assertThat(pending.size()).isZero();
    assertThat(tally.latency.longest()).isEqualTo(900);
  }

  @Test
  void countsErrorsAndNotTheirKeysAsMisses() {
    pending.add(0, 2);
    pending.add(0, 0);
    read("SERVER_ERROR timeout\r\nSERVER_ERROR out of memory storing object\r\n");

    assertThat(tally.errors).isEqualTo(2);
    assertThat(tally.misses).isZero();
    assertThat(tally.problems())
        .containsExactly("SERVER_ERROR timeout", "SERVER_ERROR out of memory storing object");
  }

  @ParameterizedTest
  @CsvSource({
    "1, VALUE a 0 x, a reply that is none of memcached: VALUE a 0 x",
    "1, VALUE, ''",
    "0, VALUE 5, ''",
  })
  void givesAStreamUpThatMakesNoSense(int keys, String line, String problem) {
    pending.add(0, keys);

    String found = read(line + "\r\n");

    if (problem.isEmpty()) {
      assertThat(found).isNull();
      assertThat(tally.errors).isOne();
    } else {
      assertThat(found).isEqualTo(problem);
    }
  }

  @Test
  void refusesAReplyThatNobodyAskedFor() {
    assertThat(read("END\r\n")).contains("nobody had asked for");
  }

  @Test
  void showsNoBytesThatCouldSteerATerminal() {
    pending.add(0, 0);
    read("\033[2J\r\n");

    assertThat(tally.problems()).containsExactly("?[2J");
  }

  private @Nullable String read(String text) {
    return reader.read(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), 1000);
  }
}
