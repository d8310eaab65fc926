package io.fairlead.hashing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SaltedKeyTest {
  private static final byte[] NONE = {};

  @Test
  void liesWhereTheKeyLiesUntilSomethingIsAppended() {
    SaltedKey salted = new SaltedKey(NONE);
    byte[] key = "a:key|#|b".getBytes(US_ASCII);

    salted.set(key, 2, 7);
    assertThat(salted.bytes()).isSameAs(key);
    salted.append(120);

    assertThat(text(salted)).isEqualTo("key120");
    assertThat(new String(key, US_ASCII)).isEqualTo("a:key|#|b");
  }

  @Test
  void appendsNumbersFromEitherEnd() {
    SaltedKey salted = new SaltedKey("-s-".getBytes(US_ASCII));

    salted.set("k".getBytes(US_ASCII), 0, 1);
    salted.append(0);
    salted.append(31);
    salted.appendReversed(0);
    salted.appendReversed(120);

    assertThat(text(salted)).isEqualTo("k-s-0310021");
  }

  @Test
  void isCutToWhatItWas() {
    SaltedKey salted = new SaltedKey(NONE);

    salted.set("key".getBytes(US_ASCII), 0, 3);
    salted.append(7);
    salted.cutTo(3);
    salted.append(89);

    assertThat(text(salted)).isEqualTo("key89");
  }

  @Test
  void takesAKeyOfAnyLength() {
    SaltedKey salted = new SaltedKey("salt".repeat(100).getBytes(US_ASCII));
    String longest = "k".repeat(2_000);

    for (int length = 1; length <= longest.length(); length += 111) {
      salted.set(longest.getBytes(US_ASCII), 0, length);
      salted.append(Integer.MAX_VALUE);
      assertThat(text(salted))
          .isEqualTo("k".repeat(length) + "salt".repeat(100) + Integer.MAX_VALUE);
    }
  }

  private static String text(SaltedKey salted) {
    return new String(salted.bytes(), salted.from(), salted.length(), US_ASCII);
  }
}
