package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Predicate;

/** What must hold of every line that was parsed, good or bad. */
final class ParsedLine {
  private final RequestParser parser = new RequestParser();
  private final Command command = new Command();
  private final byte[] key = new byte[Ascii.MAX_KEY_BYTES];

  /** Parses line after line; those after a good store's value are lines again. */
  void check(byte[] stream, Predicate<Verb> wanted) {
    ByteBuf in = Unpooled.wrappedBuffer(stream);
    int at = 0;
    for (int lineFeed = in.indexOf(0, stream.length, (byte) '\n');
        lineFeed >= 0;
        lineFeed = in.indexOf(at, stream.length, (byte) '\n')) {
      parser.parse(in, at, lineFeed, command);
      assertThat(command.lineEnd()).isEqualTo(lineFeed + 1);
      if (wanted.test(command.verb())) {
        consistent(in, at, lineFeed);
      }
      at = (int) Math.min(stream.length, next());
    }
  }

  private long next() {
    boolean swallowed = command.verb().hasValue() && command.valueLength() >= 0;
    return command.lineEnd() + (swallowed ? command.valueLength() + 2L : 0);
  }

  private void consistent(ByteBuf in, int from, int lineFeed) {
    assertThat(command.valueLength()).isGreaterThanOrEqualTo(-1);
    if (command.error() != null) {
      return;
    }
    boolean stores = command.verb().hasValue();
    assertThat(command.valueLength() >= 0).isEqualTo(stores);
    assertThat(command.closes()).isFalse();
    assertThat(command.isSilent()).isEqualTo(command.isNoreply() && !command.isMeta());
    if (command.keyLength() > 0) {
      aKey(in, from, lineFeed);
    }
    assertThat(Operation.of(command)).isNotNull();
  }

  private void aKey(ByteBuf in, int from, int lineFeed) {
    assertThat(command.keyFrom()).isBetween(from, lineFeed);
    assertThat(command.keyFrom() + command.keyLength()).isLessThanOrEqualTo(lineFeed);
    byte[] written = new byte[Ascii.MAX_KEY_BYTES];
    int length = command.copyWrittenKey(in, written);
    assertThat(Ascii.isKey(written, 0, length)).isTrue();
    assertThat(command.copyKey(in, key)).isBetween(1, Ascii.MAX_KEY_BYTES);
  }
}
