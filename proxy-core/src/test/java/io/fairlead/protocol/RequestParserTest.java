package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
  private final RequestParser parser = new RequestParser();
  private final Command command = new Command();

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsEveryFieldOfAStorageLine(String lineEnd) {
    ByteBuf in = parse("cas  key 4294967295   -1 12 18446744073709551615 noreply", lineEnd);

    assertThat(command.error()).isNull();
    assertThat(command.verb()).isEqualTo(Verb.CAS);
    assertThat(key(in)).isEqualTo("key");
    assertThat(command.flags()).isEqualTo(-1);
    assertThat(command.expiry()).isEqualTo(-1);
    assertThat(command.valueLength()).isEqualTo(12);
    assertThat(command.number()).isEqualTo(-1L);
    assertThat(command.isNoreply()).isTrue();
    assertThat(command.lineEnd()).isEqualTo(in.writerIndex());
  }

  @Test
  void wrapsNumbersThatAreTooWideAsMemcachedDoes() {
    parse("set k 4294967297 2147483648 1", "\r\n");

    assertThat(command.flags()).isEqualTo(1);
    assertThat(command.expiry()).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void findsTheKeysOfARetrieval() {
    ByteBuf in = parse("gats  -5   a bb ", "\r\n");

    assertThat(command.verb()).isEqualTo(Verb.GATS);
    assertThat(command.expiry()).isEqualTo(-5);
    assertThat(arguments(in)).isEqualTo("a bb ");
    assertThat(command.valueLength()).isEqualTo(-1);
  }

  @Test
  void readsArithmeticTouchAndFlush() {
    ByteBuf in = parse("incr counter 18446744073709551615", "\r\n");
    assertThat(key(in)).isEqualTo("counter");
    assertThat(command.number()).isEqualTo(-1L);

    parse("touch k 2592001", "\r\n");
    assertThat(command.expiry()).isEqualTo(2592001);

    parse("flush_all", "\r\n");
    assertThat(command.hasNumber()).isFalse();

    parse("flush_all -3 noreply", "\r\n");
    assertThat(command.hasNumber()).isTrue();
    assertThat(command.expiry()).isEqualTo(-3);
    assertThat(command.isNoreply()).isTrue();
  }

  @Test
  void noreplyMustBeTheLastWord() {
    parse("touch k 1 noreply", "\r\n");
    assertThat(command.isNoreply()).isTrue();

    parse("set noreply 0 0 1", "\r\n");
    assertThat(command.isNoreply()).isFalse();

    parse("set k 0 0 1 noreplyx", "\r\n");
    assertThat(command.isNoreply()).isFalse();
  }

  @Test
  void readsAMetaLine() {
    ByteBuf in = parse("ms  key 5  T30 q", "\r\n");

    assertThat(command.error()).isNull();
    assertThat(command.verb()).isEqualTo(Verb.MS);
    assertThat(key(in)).isEqualTo("key");
    assertThat(command.valueLength()).isEqualTo(5);
    assertThat(arguments(in).trim()).isEqualTo("T30 q");
    assertThat(command.isNoreply()).isTrue();
    assertThat(command.meta().has('T')).isTrue();
  }

  @Test
  void routesABase64KeyByTheBytesItStandsFor() {
    byte[] binary = {0, 1, ' ', (byte) 0xff, '\n'};
    String coded = Base64.getEncoder().encodeToString(binary);
    ByteBuf in = parse("mg " + coded + " v b", "\r\n");
    byte[] target = new byte[Ascii.MAX_KEY_BYTES];

    int length = command.copyKey(in, target);

    assertThat(target).startsWith(binary);
    assertThat(length).isEqualTo(binary.length);
    assertThat(key(in)).isEqualTo(coded);
  }

  @Test
  void forgetsTheRequestBefore() {
    parse("ms Zm9v 5 b q", "\r\n");
    parse("foo HTTP/1.1", "\r\n");
    ByteBuf in = parse("delete k", "\r\n");
    byte[] target = new byte[Ascii.MAX_KEY_BYTES];

    assertThat(command.error()).isNull();
    assertThat(command.closes()).isFalse();
    assertThat(command.isNoreply()).isFalse();
    assertThat(command.valueLength()).isEqualTo(-1);
    assertThat(command.copyKey(in, target)).isEqualTo(1);
  }

  @Test
  void parsesInTheMiddleOfABuffer() {
    String before = "VALUE k\r\n";
    ByteBuf in = Wire.buffer(before + "delete key\r\nget x\r\n");

    parser.parse(in, before.length(), before.length() + 11, command);

    assertThat(command.verb()).isEqualTo(Verb.DELETE);
    assertThat(key(in)).isEqualTo("key");
    assertThat(command.lineEnd()).isEqualTo(before.length() + 12);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get k\\x0d\\x0a                 | 5
          get <250>\\x0d\\x0a             | 254
          get \\x80\\xff\\x0d\\x0aget x   | 6
          get <251>\\x0d\\x0a             | -1
          get k                           | -1
          get kk\\x0d                     | -1
          get k \\x0d\\x0a                | -1
          get a b\\x0d\\x0a               | -1
          get k\\x0a..                    | -1
          get  k\\x0d\\x0a                | -1
          get \\x0d\\x0a.                 | -1
          get k\\x01\\x0d\\x0a            | -1
          gets k\\x0d\\x0a                | -1
          set k\\x0d\\x0a                 | -1
          """)
  void findsTheEndOfTheOnlyKey(String spec, int keyEnd) {
    String text = Wire.expand(spec);
    ByteBuf in = Wire.buffer("..." + text);
    int to = 3 + text.length();

    int found = RequestParser.isSingleGet(in, 3, to) ? RequestParser.singleKeyEnd(in, 3, to) : -1;

    assertThat(found).isEqualTo(keyEnd < 0 ? -1 : keyEnd + 3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'get k'      | true
          'gets k'     | true
          '  get k'    | true
          'gets'       | true
          'getsx k'    | false
          'gat 1 k'    | false
          'get'        | false
          'set k'      | false
          'geta k'     | false
          """)
  void onlyGetAndGetsMayBeLong(String line, boolean mayBeLong) {
    assertThat(RequestParser.mayBeLong(Wire.buffer(line), 0, line.length())).isEqualTo(mayBeLong);
  }

  private ByteBuf parse(String line, String lineEnd) {
    ByteBuf in = Wire.buffer(line + lineEnd);
    parser.parse(in, 0, in.writerIndex() - 1, command);
    return in;
  }

  private String key(ByteBuf in) {
    return Wire.text(in, command.keyFrom(), command.keyLength());
  }

  private String arguments(ByteBuf in) {
    return Wire.text(in, command.argumentsFrom(), command.argumentsTo() - command.argumentsFrom());
  }
}
