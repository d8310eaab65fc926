package io.fairlead.server.warm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemKeyTest {
  @ParameterizedTest
  @CsvSource({
    "key=user%3A42 exp=-1 la=1 size=70, user:42, ''",
    "key=a%20b exp=1 size=1, YSBi, ' b'",
    "key=%C3%BC exp=1 size=1, Ã¼, ''",
    "key=100%25 exp=1 size=1, 100%, ''",
    "key=%7F exp=1, fw==, ' b'",
    "key=50% exp=1, 50%, ''",
    "key=%zz exp=1, %zz, ''",
  })
  void namesAKeyOfADumpAsAMetaCommandDoes(String line, String text, String flag) {
    ItemKey key = Objects.requireNonNull(ItemKey.ofDump(line));

    assertThat(key.text()).isEqualTo(text);
    assertThat(key.flag()).isEqualTo(flag);
  }

  @ParameterizedTest
  @CsvSource({"ERROR", "BUSY currently processing crawler request", "key=a"})
  void takesNothingElseForAKey(String line) {
    assertThat(ItemKey.ofDump(line)).isNull();
  }

  @Test
  void knowsHowItBegins() {
    ItemKey key = new ItemKey("user:42".getBytes(ISO_8859_1));

    assertThat(key.startsWith("user:".getBytes(ISO_8859_1))).isTrue();
    assertThat(key.startsWith(new byte[0])).isTrue();
    assertThat(key.startsWith("user:42:x".getBytes(ISO_8859_1))).isFalse();
    assertThat(key.startsWith("page:".getBytes(ISO_8859_1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "1, 1",
    "2592000, 2592000",
    "2592001, 1702592001", // more than 30 days would be taken for a date in 1970
  })
  void writesLongTimesToLiveAsDates(long ttl, long written) {
    assertThat(Expiry.written(ttl, 1_700_000_000)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"key=a size=70 x=1, 70", "key=a exp=1, 9", "key=a size=0, 9", "key=a size=7x, 7"})
  void readsTheSizeOfALine(String line, int size) {
    assertThat(KeyList.sizeIn(line, 9)).isEqualTo(size);
  }
}
