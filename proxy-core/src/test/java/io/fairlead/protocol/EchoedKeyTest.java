package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoedKeyTest {
  private final EchoedKey place = new EchoedKey();

  @ParameterizedTest
  @CsvSource({
    "HD k42 Ok,          42",
    "HD Okk kfoo,        foo",
    "VA 5 f0 kfoo b s5,  foo",
    "NF kfoo,            foo",
    "EN kfoo,            foo",
    "HD k,               ''",
    "HD,                 ",
    "HD Okay f5,         ",
    "VA 5,               ",
    "ME kfoo exp=-1,     kfoo",
    "ME foo,             foo",
  })
  void isFoundInTheLine(String line, @Nullable String key) {
    ByteBuf in = Wire.buffer("...." + line + "\r\n");
    int end = 4 + line.length();
    ReplyCode code = Objects.requireNonNull(ReplyCode.of(in, 4, end));

    boolean found = place.find(code, in, 4, end);

    assertThat(found).isEqualTo(key != null);
    if (key != null) {
      assertThat(Wire.text(in, place.from(), place.to() - place.from())).isEqualTo(key);
      assertThat(place.is(Wire.bytes(key), key.length(), in)).isTrue();
      assertThat(place.is(Wire.bytes(key + "x"), key.length() + 1, in)).isFalse();
    }
  }
}
