package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestWriterTest {
  private final Command command = new Command();
  private final ByteBuf out = Unpooled.buffer();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set k 0 0 3                           | set k 0 0 3
          '  set  k  4294967295   -1  3 noreply ' | set k 4294967295 -1 3
          set k 4294967296 2147483648 3 x       | set k 0 -2147483648 3
          set k +01 +02 +03                     | set k 1 2 3
          add k 1 2147483647 0                  | add k 1 2147483647 0
          replace k 1 2 3                       | replace k 1 2 3
          append k 1 2 3                        | append k 1 2 3
          prepend k 1 2 3 noreply               | prepend k 1 2 3
          cas k 1 2 3 18446744073709551615      | cas k 1 2 3 18446744073709551615
          cas k 1 2 3 9223372036854775808 noreply | cas k 1 2 3 9223372036854775808
          incr k 18446744073709551615 noreply   | incr k 18446744073709551615
          decr k 0                              | decr k 0
          touch k -2147483648                   | touch k -2147483648
          touch k 10 noreply                    | touch k 10
          delete k                              | delete k
          delete k 0 noreply                    | delete k
          flush_all                             | flush_all
          flush_all noreply                     | flush_all
          flush_all 10 noreply                  | flush_all 10
          flush_all -1                          | flush_all -1
          mg k                                  | mg k
          mg  k  v q Oq                         | mg k v Oq
          mg Zm9v b v                           | mg Zm9v b v
          mg Zm9= b v                           | mg Zm8= b v
          ms Zh== 3 b                           | ms Zg== 3 b
          md Zm9=                               | md Zm9=
          ms k  3 q T30                         | ms k 3 T30
          md k q C5                             | md k C5
          ma k N0 J5 D2 q                       | ma k N0 J5 D2
          me k                                  | me k
          set <250> 0 0 3                       | set <250> 0 0 3
          """)
  void writesEveryVerbFromItsFields(String line, String written) {
    ByteBuf in = parse(line);

    RequestWriter.line(out, command, in);

    assertThat(out()).isEqualTo(Wire.expand(written) + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          add k 1 2 3 noreply                   | set k 1 2 3
          replace k 1 2 3                       | set k 1 2 3
          cas k 1 2 3 4                         | set k 1 2 3
          set k 1 2 3                           | set k 1 2 3
          append k 1 2 3                        | append k 1 2 3
          incr k 5                              | incr k 5
          delete k noreply                      | delete k
          ms k 3 ME T30 C5 q                    | ms k 3 T30
          ms k 3 MR F5                          | ms k 3 F5
          ms k 3 MS I C1                        | ms k 3 I
          ms k 3 MA C5 T1                       | ms k 3 MA T1
          ms k 3 Mp C5                          | ms k 3 Mp
          ms k 3 C18446744073709551615          | ms k 3
          md k C5 q I T30                       | md k I T30
          ma k C3 q N0 MD                       | ma k N0 MD
          """)
  void aReplicaFollowsUnconditionally(String line, String written) {
    ByteBuf in = parse(line);

    RequestWriter.followingLine(out, command, in);

    assertThat(out()).isEqualTo(written + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set k 0 0 3 noreply                   | delete k  | DELETE
          cas k 0 0 3 4                         | delete k  | DELETE
          ms k 3 T30 q                          | delete k  | DELETE
          ms Zm9v 3 b T30                       | md Zm9v b | MD
          ma Zm9v q b                           | md Zm9v b | MD
          incr k 5                              | delete k  | DELETE
          """)
  void removesTheKeyOfAWriteThatFailed(String line, String written, Verb verb) {
    ByteBuf in = parse(line);

    Verb sent = RequestWriter.invalidation(out, command, in);

    assertThat(out()).isEqualTo(written + "\r\n");
    assertThat(sent).isEqualTo(verb);
  }

  @Test
  void asksForAddsAndRemovesKeysOfAnyBytes() {
    byte[] plain = Wire.bytes("key");
    byte[] binary = {0, 1, 2, 9};
    byte[] flags = Wire.bytes(" v t");

    RequestWriter.metaGet(out, plain, 3, flags);
    RequestWriter.metaGet(out, binary, 3, flags);
    RequestWriter.metaAdd(out, plain, 3, 5, 4294967295L, 60);
    RequestWriter.metaAdd(out, binary, 3, 0, 0, 0);

    assertThat(RequestWriter.deletion(out, plain, 3)).isEqualTo(Verb.DELETE);
    assertThat(RequestWriter.deletion(out, binary, 3)).isEqualTo(Verb.MD);
    assertThat(out())
        .isEqualTo(
            String.join(
                "\r\n",
                "mg key v t",
                "mg AAEC v t b",
                "ms key 5 ME F4294967295 T60",
                "ms AAEC 0 ME F0 T0 b",
                "delete key",
                "md AAEC b",
                ""));
  }

  @Test
  void assemblesAMultiGet() {
    RequestWriter.beginGet(out, Verb.GET, 0);
    RequestWriter.key(out, Wire.bytes("abcdef"), 3);
    RequestWriter.key(out, Wire.bytes("\u00e9x"), 2);
    RequestWriter.endLine(out);
    RequestWriter.beginGet(out, Verb.GATS, Integer.MIN_VALUE);
    RequestWriter.key(out, Wire.bytes("k"), 1);
    RequestWriter.endLine(out);

    assertThat(out()).isEqualTo("get abc \u00e9x\r\ngats -2147483648 k\r\n");
  }

  @Test
  void touchesAndAsksForTheVersion() {
    RequestWriter.touch(out, Wire.bytes("key and more"), 3, -1);
    RequestWriter.version(out);

    assertThat(out()).isEqualTo("touch key -1\r\nversion\r\n");
  }

  @Test
  void writesIntoABufferThatHasNoRoomLeft() {
    ByteBuf in = parse("cas <250> 4294967295 -2147483648 2147483645 18446744073709551615");
    ByteBuf full = Unpooled.buffer(16, 1024);
    full.writerIndex(16);

    RequestWriter.line(full, command, in);

    assertThat(Wire.text(full, 16, full.readableBytes() - 16))
        .isEqualTo(
            "cas "
                + "k".repeat(250)
                + " 4294967295 -2147483648 2147483645 18446744073709551615\r\n");
  }

  private ByteBuf parse(String spec) {
    ByteBuf in = Wire.buffer(Wire.expand(spec) + "\r\n");
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    assertThat(command.error()).isNull();
    return in;
  }

  private String out() {
    return Wire.text(out);
  }
}
