package io.fairlead.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HitLineTest {
  private final HitLine line = new HitLine();

  private static ByteBuf buffer(String text) {
    return Unpooled.copiedBuffer(text.replace("/", "\r\n"), US_ASCII);
  }

  @ParameterizedTest
  @CsvSource({
    // the reply, flags, length of the value, time to live, cas, stale, value empty
    "VALUE k 7 3/abc/,           7,          3,  -1, '', false, false",
    "VALUE key 4294967295 0//,   4294967295, 0,  -1, '', false, true",
    "VALUE f1 0 1 99/a/,         0,          1,  -1, 99, false, false",
    "VA 3/abc/,                  -1,         3,  -1, '', false, false",
    "VA 3 f7 t50 c12/abc/,       7,          3,  50, 12, false, false",
    "VA 1 t-1 f0/a/,             0,          1,  -1, '', false, false",
    "VA 1 f5 W X/a/,             5,          1,  -1, '', true,  false",
    "VA 1 kf9 Ot8 f5/a/,         5,          1,  -1, '', false, false",
    "HD/,                        -1,         -1, -1, '', false, false",
    "HD f32 s0/,                 32,         -1, -1, '', false, true",
    "HD s9 Z/,                   -1,         -1, -1, '', true,  false",
  })
  void readsWhatALineSays(
      String reply, long flags, int length, long ttl, String cas, boolean stale, boolean empty) {
    ByteBuf in = buffer("before/" + reply);
    line.read(in, "before\r\n".length());
    assertThat(line.flags()).isEqualTo(flags);
    assertThat(line.valueLength()).isEqualTo(length);
    assertThat(line.ttl()).isEqualTo(ttl);
    assertThat(new String(line.cas(in), US_ASCII)).isEqualTo(cas);
    assertThat(line.isStale()).isEqualTo(stale);
    assertThat(line.isEmpty()).isEqualTo(empty);
    assertThat(line.end()).isEqualTo(8 + reply.indexOf('/') + 2);
    in.release();
  }

  @ParameterizedTest
  @CsvSource({
    // the line, whether flags are left out, another cas, the new line
    "VA 3 f7 t50 c12/abc/, true,  '', VA 3 t50 c12/",
    "VA 3 f7 t50 c12/abc/, false, 99, VA 3 f7 t50 c99/",
    "VA 3 kf f7 Of/abc/,   true,  '', VA 3 kf Of/",
    "HD f7 s3/,            true,  '', HD s3/",
    "HD f7/,               true,  '', HD/",
  })
  void writesMetaLinesAgain(String reply, boolean withoutFlags, String cas, String expected) {
    ByteBuf in = buffer(reply);
    ByteBuf out = Unpooled.buffer();
    line.read(in, 0).rewrite(out, in, withoutFlags, cas.getBytes(US_ASCII));
    assertThat(out.toString(US_ASCII)).isEqualTo(expected.replace("/", "\r\n"));
  }

  @Test
  void writesMetaLinesForAnotherValue() {
    ByteBuf in = buffer("VA 3 s3 f7 k1/abc/");
    ByteBuf out = Unpooled.buffer();
    line.read(in, 0).rewrite(out, in, 6, 1000);
    line.rewrite(out, in, HitLine.NONE, 9);
    assertThat(out.toString(US_ASCII)).isEqualTo("VA 1000 s1000 f6 k1\r\nVA 9 s9 k1\r\n");
  }

  @Test
  void comparesAValueThatHasCome() {
    ByteBuf in = buffer("VALUE k 0 3/abc/");
    line.read(in, 0);
    assertThat(line.hasValue(in, "abc".getBytes(US_ASCII))).isTrue();
    assertThat(line.hasValue(in, "abd".getBytes(US_ASCII))).isFalse();
    assertThat(line.hasValue(in, "ab".getBytes(US_ASCII))).isFalse();
    ByteBuf partly = buffer("VALUE k 0 3/ab");
    assertThat(line.read(partly, 0).hasValue(partly, "abc".getBytes(US_ASCII))).isFalse();
  }
}
