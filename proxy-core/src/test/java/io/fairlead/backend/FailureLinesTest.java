package io.fairlead.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.ErrorText;
import io.netty.channel.ConnectTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureLinesTest {
  private static final String TABLE =
      """
      TIMEOUT             | server timed out                                     | Connection timed out
      CONNECT_FAILED      | server cannot be reached                             | Connection refused
      CONNECT_TIMED_OUT   | server cannot be reached                             | Connection timed out
      UNKNOWN_HOST        | server cannot be reached                             | Host is down
      TLS_FAILED          | server speaks no TLS that is trusted                 | Connection refused
      LOGIN_REFUSED       | server did not accept the password of the proxy      | Connection refused
      LOST                | server closed the connection                         | unknown
      RESET               | server closed the connection                         | Connection reset by peer
      INVALID_REPLY       | server sent an invalid reply                         | Invalid argument
      EJECTED             | server is ejected                                    | Connection refused
      CATCHING_UP         | server has to be told of earlier deletes first       | Connection refused
      NO_SERVERS          | no servers                                           | Connection refused
      OVERLOADED          | server is overloaded: too many requests wait for it  | -
      BUSY                | 307 busy                                             | -
      CLIENT_TOO_SLOW     | reply dropped: this client does not read fast enough | -
      NOT_ENOUGH_REPLICAS | not enough replicas accepted the write               | -
      STOPPING            | proxy is stopping                                    | -
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = TABLE)
  void sayWhatHasHappenedInEitherWords(Failure failure, String text, String twemproxyText) {
    String theirs = twemproxyText.equals("-") ? text : twemproxyText;

    assertThat(new FailureLines(ErrorText.NATIVE).of(failure))
        .asString(US_ASCII)
        .isEqualTo("SERVER_ERROR " + text + "\r\n");
    assertThat(new FailureLines(ErrorText.TWEMPROXY).of(failure))
        .asString(US_ASCII)
        .isEqualTo("SERVER_ERROR " + theirs + "\r\n");
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void haveOneTextForAllWhenTheyAreGrouped(Failure failure) {
    assertThat(new FailureLines(ErrorText.GROUPED).of(failure))
        .asString(US_ASCII)
        .isEqualTo("SERVER_ERROR remote error\r\n");
  }

  @Test
  void theTableHasEveryFailure() {
    List<String> rows = TABLE.lines().map(line -> line.split(" ", 2)[0]).toList();

    assertThat(rows).isEqualTo(Arrays.stream(Failure.values()).map(Failure::name).toList());
  }

  @Test
  void theCauseSaysWhyAConnectionCouldNotBeOpened() {
    assertThat(Failure.ofConnecting(new UnknownHostException("h"))).isEqualTo(Failure.UNKNOWN_HOST);
    assertThat(Failure.ofConnecting(new SSLHandshakeException("t"))).isEqualTo(Failure.TLS_FAILED);
    assertThat(Failure.ofConnecting(new ConnectTimeoutException("t")))
        .isEqualTo(Failure.CONNECT_TIMED_OUT);
    assertThat(Failure.ofConnecting(new ConnectException("refused")))
        .isEqualTo(Failure.CONNECT_FAILED);
    assertThat(Failure.ofConnecting(new NoRouteToHostException("r")))
        .isEqualTo(Failure.CONNECT_FAILED);
    assertThat(Failure.ofConnecting(new IOException("no such file")))
        .isEqualTo(Failure.CONNECT_FAILED);
  }
}
