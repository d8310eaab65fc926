package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashPasswordCommandTest {
  private static final String HASH =
      "\\$pbkdf2-sha256\\$1000\\$[A-Za-z0-9./]{22}\\$[A-Za-z0-9./]{43}\\R";

  @Test
  void printsTheHashOfALine() {
    Cli done = Cli.runWith("s3cret\nnot this\n", "hash-password", "--iterations", "1000");

    assertThat(done.out()).matches(HASH).doesNotContain("s3cret");
    assertThat(done.err()).isEmpty();
    assertThat(done.status()).isZero();
  }

  @Test
  void printsTheWholeLineOfTheFileForAName() {
    Cli done = Cli.runWith("two words", "hash-password", "--name", "alice", "--iterations", "1000");

    assertThat(done.out()).matches("alice:" + HASH);
  }

  @Test
  void takesSomeTensOfMillisecondsToGuessUnlessToldOtherwise() {
    assertThat(Cli.runWith("s3cret\n", "hash-password").out()).startsWith("$pbkdf2-sha256$100000$");
  }

  @ParameterizedTest
  @CsvSource({
    "'', , 1, fairlead: there is no password: type one, or send one in a line.",
    "' s3cret', , 1, 'fairlead: a password must not begin with a space, which a login cannot"
        + " have.'",
    "s3cret, --name=a:b, 2, '--name: a name is printable ASCII without spaces and colons, and does"
        + " not begin with #.'",
    "s3cret, --iterations=999, 2, --iterations: give a number from 1000 to 10000000.",
  })
  void saysWhatIsWrong(String input, String option, int status, String message) {
    Cli done =
        option == null
            ? Cli.runWith(input, "hash-password")
            : Cli.runWith(input, "hash-password", option);

    assertThat(done.err()).contains(message).doesNotContain("s3cret");
    assertThat(done.out()).isEmpty();
    assertThat(done.status()).isEqualTo(status);
  }

  @Test
  void takesNoPasswordFromTheCommandLine() {
    Cli done = Cli.run("hash-password", "s3cret");

    assertThat(done.status()).isEqualTo(2);
    assertThat(done.out() + done.err())
        .contains("The password is no argument")
        .doesNotContain("s3cret");
  }
}
