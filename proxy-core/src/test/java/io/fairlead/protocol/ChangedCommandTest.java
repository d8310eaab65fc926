package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedCommandTest {
  private final Command command = new Command();
  private final Command copy = new Command();
  private final ByteBuf out = Unpooled.buffer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set k 7 8 3 noreply   | key   | set key 7 8 3
          cas k 1 2 3 4         | key   | cas key 1 2 3 4
          incr longer 5         | k     | incr k 5
          touch k 9             | key   | touch key 9
          delete k              | <250> | delete <250>
          mg k v q Oq           | key   | mg key v Oq
          ms k 3 T5             | key   | ms key 3 T5
          mg Zm9v b v           | bar   | mg YmFy b v
          md Zm9v b             | \\x01 | md AQ== b
          """)
  void writesAnotherKeyInTheFormOfTheOldOne(String line, String key, String written) {
    ByteBuf in = parse(line);
    copy.copies(command);

    assertThat(rekey(key)).isTrue();

    RequestWriter.line(out, copy, in);
    assertThat(Wire.text(out)).isEqualTo(Wire.expand(written) + "\r\n");
    assertThat(keyOf(copy, in)).isEqualTo(Wire.expand(key));
  }

  @ParameterizedTest
  @CsvSource({
    "set k 0 0 3, ''",
    "set k 0 0 3, <251>",
    "set k 0 0 3, a b",
    "set k 0 0 3, \\x01",
    "mg k v,      \\x7f",
    "mg Zm9v b,   ''",
    "mg Zm9v b,   <187>",
  })
  void refusesWhatIsNoKey(String line, String key) {
    ByteBuf in = parse(line);
    copy.copies(command);

    assertThat(rekey(key)).isFalse();

    RequestWriter.line(out, copy, in);
    assertThat(Wire.text(out)).isEqualTo(line.strip() + "\r\n");
  }

  @Test
  void theOriginalStaysAsItIs() {
    ByteBuf in = parse("ms k 3 T100 k");
    copy.copies(command);
    rekey("other");
    copy.changeExpiry(in, expiry -> 5);

    RequestWriter.line(out, command, in);

    assertThat(Wire.text(out)).isEqualTo("ms k 3 T100 k\r\n");
  }

  @Test
  void aCopyOfAChangedOneHasItsChanges() {
    ByteBuf in = parse("ms Zm9v 3 T100 b C5 q");
    copy.copies(command);
    rekey("bar");
    copy.changeExpiry(in, expiry -> expiry + 1);
    Command second = new Command();
    second.copies(copy);
    second.changeExpiry(in, expiry -> expiry + 1);

    RequestWriter.line(out, second, in);
    RequestWriter.followingLine(out, second, in);
    RequestWriter.invalidation(out, second, in);

    assertThat(Wire.text(out))
        .isEqualTo("ms YmFy 3 b C5 T102\r\nms YmFy 3 b T102\r\nmd YmFy b\r\n");
  }

  @Test
  void theNextLineHasNoChanges() {
    ByteBuf in = parse("ms k 3 T100");
    command.rekey(Wire.bytes("other"), 0, 5);
    command.changeExpiry(in, expiry -> 5);

    ByteBuf next = parse("ms n 3 T7");
    RequestWriter.line(out, command, next);

    assertThat(Wire.text(out)).isEqualTo("ms n 3 T7\r\n");
  }

  @Test
  void aLineFullOfFlagsGetsNoneMore() {
    String full = "ms k 3" + " Ox".repeat(16);
    ByteBuf in = parse(full);
    command.changeExpiry(in, expiry -> 5);

    RequestWriter.line(out, command, in);

    assertThat(Wire.text(out)).isEqualTo(full + "\r\n");
  }

  @ParameterizedTest
  @CsvSource({"mg k, mg ", "ms k 3, ms ", "ma k, ma "})
  void theLongestLineHasRoomForAnotherKeyAndOtherTimes(String begin, String verb) {
    String flags = " T1 N1 k P";
    String longest = begin + flags + "x".repeat(1700 - begin.length() - flags.length() + 3);
    ByteBuf in = parse(longest);
    copy.copies(command);
    rekey("<250>");
    copy.changeExpiry(in, expiry -> Integer.MIN_VALUE);

    RequestWriter.line(out, copy, in);

    assertThat(Wire.text(out)).startsWith(verb).hasSizeLessThan(2048);
    assertThat(parsed(longest + "x").error()).isEqualTo(ErrorReply.BAD_LINE);
  }

  private boolean rekey(String key) {
    byte[] bytes = Wire.bytes("." + Wire.expand(key));
    return copy.rekey(bytes, 1, bytes.length - 1);
  }

  private static String keyOf(Command command, ByteBuf in) {
    byte[] key = new byte[Ascii.MAX_KEY_BYTES];
    int length = command.copyKey(in, key);
    return Wire.text(key).substring(0, length);
  }

  private ByteBuf parse(String spec) {
    assertThat(parsed(spec).error()).isNull();
    return Wire.buffer(Wire.expand(spec) + "\r\n");
  }

  private Command parsed(String spec) {
    ByteBuf in = Wire.buffer(Wire.expand(spec) + "\r\n");
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    return command;
  }
}
