package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ReplySettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What clients are told in place of an error. A key {@code fail} is one whose server is lost, for
 * {@code error} and {@code bad} it answers an error.
 */
@ExtendWith(NoLeaks.class)
class ReplacedErrorsTest {
  private static final String LOST = "SERVER_ERROR server closed the connection";

  @RegisterExtension final TestLoop loop = new TestLoop();

  private String answer(ReplySettings replies, String request) {
    FakeSocket socket = new FakeClients(loop, replies).connect();
    socket.receive(request.replace("/", "\r\n") + "\r\nmn\r\n");
    String sent = socket.sent();
    assertThat(sent).endsWith("MN\r\n");
    return sent.substring(0, sent.length() - 4).strip().replace("\r\n", "/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          incr fail 1          | NOT_FOUND
          decr fail 1          | NOT_FOUND
          incr error 1         | NOT_FOUND
          incr bad 1           | CLIENT_ERROR of a server
          incr fail 1 noreply  | ''
          incr good 1          | 42
          delete fail          | SERVER_ERROR server closed the connection
          set fail 0 0 1/v     | SERVER_ERROR server closed the connection
          set error 0 0 1/v    | SERVER_ERROR of a server
          ma fail              | SERVER_ERROR server closed the connection
          get fail             | SERVER_ERROR server closed the connection
          """)
  void arithmeticThatFailsIsAMissWhenWanted(String request, String answer) {
    ReplySettings replies =
        new ReplySettings(MultigetFailure.PARTIAL, ArithmeticFailure.MISS, ErrorText.NATIVE);

    assertThat(answer(replies, request)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({"incr fail 1", "decr fail 1"})
  void arithmeticThatFailsIsAnErrorUnlessTold(String request) {
    assertThat(answer(ReplySettings.DEFAULT, request)).isEqualTo(LOST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get fail                  | SERVER_ERROR remote error
          get error                 | SERVER_ERROR remote error
          get fail error            | SERVER_ERROR remote error
          get good error            | VALUE good 0 6/<good>/END
          set fail 0 0 1/v          | SERVER_ERROR remote error
          set error 0 0 1/v         | SERVER_ERROR remote error
          set bad 0 0 1/v           | SERVER_ERROR remote error
          set error 0 0 1 noreply/v | ''
          delete fail               | SERVER_ERROR remote error
          touch error 1             | SERVER_ERROR remote error
          md error                  | SERVER_ERROR remote error
          incr bad 1                | SERVER_ERROR remote error
          incr good 1               | 42
          nonsense                  | ERROR
          """)
  void everyErrorOfAServerHasTheSameWordsWhenGrouped(String request, String answer) {
    ReplySettings replies =
        new ReplySettings(MultigetFailure.PARTIAL, ArithmeticFailure.ERROR, ErrorText.GROUPED);

    assertThat(answer(replies, request)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get fail    | END
          incr fail 1 | NOT_FOUND
          incr bad 1  | NOT_FOUND
          delete fail | SERVER_ERROR remote error
          """)
  void aMissIsNoErrorThatCouldBeGrouped(String request, String answer) {
    ReplySettings replies =
        new ReplySettings(MultigetFailure.MISS, ArithmeticFailure.MISS, ErrorText.GROUPED);

    assertThat(answer(replies, request)).isEqualTo(answer);
  }
}
