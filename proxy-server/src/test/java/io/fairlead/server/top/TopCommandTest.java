package io.fairlead.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Cli;
import io.fairlead.testkit.FreePorts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopCommandTest {
  @ParameterizedTest
  @CsvSource({
    "--interval 999ms, --interval: 999ms (expected: 1s or more",
    "--interval 0s, --interval",
    "--count 0, --count",
    "proxy1:x, proxy1:x (expected: host:port",
    "proxy1 --admin proxy2, --admin: http://proxy2:5001 (expected: nothing beside http://proxy1",
  })
  void refusesWhatMakesNoSense(String args, String sentence) {
    Cli cli = Cli.run(("top --plain " + args).split(" ", -1));

    assertThat(cli.err()).contains(sentence);
    assertThat(cli.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "--admin %s", "http://%s"})
  void aProxyThatNeverAnswersIsOneSentenceWhenLinesAreCounted(String where) {
    String nobody = where.formatted("127.0.0.1:" + FreePorts.next());
    Cli cli = Cli.run(("top --plain --count 3 " + nobody).split(" ", -1));

    assertThat(cli.err())
        .matches("fairlead: http://127.0.0.1:\\d+ does not answer: no connection \\(is .*\n");
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(1);
  }
}
