package io.fairlead.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StartFailureTest {
  @Test
  void saysWhatToDoAboutAPortInUse() {
    IOException failure =
        new IOException("127.0.0.1:5000: failed", new BindException("Address already in use"));

    assertThat(StartFailure.explain(failure))
        .hasMessage(
            "127.0.0.1:5000: failed. Another program listens there: end it, or choose another"
                + " port.");
  }

  @Test
  void saysHowASecondProxyGetsAnAdminPort() {
    IOException failure = new IOException("admin 127.0.0.1:5001: Address already in use");

    assertThat(StartFailure.explain(failure))
        .hasMessageEndingWith("or choose another port with --admin ADDR:PORT.");
  }

  @Test
  void saysWhatToDoAboutAForbiddenPort() {
    assertThat(StartFailure.explain(new IOException(":80: Permission denied")))
        .hasMessageContaining("below 1024");
  }

  @Test
  void saysWhatToDoAboutAForeignAddress() {
    assertThat(StartFailure.explain(new IOException("Cannot assign requested address")))
        .hasMessageContaining("no such address");
  }

  @Test
  void saysWhatToDoAboutAnUnknownHost() {
    IOException failure = new IOException("nowhere:5000", new UnknownHostException("nowhere"));

    assertThat(StartFailure.explain(failure)).hasMessageContaining("check its spelling");
  }

  @Test
  void keepsOtherReasonsAsTheyAre() {
    assertThat(StartFailure.explain(new IOException("the disk is full")))
        .hasMessage("the disk is full");
  }

  @Test
  void leavesBugsAlone() {
    IllegalStateException bug = new IllegalStateException("impossible");

    assertThatThrownBy(() -> StartFailure.explain(bug)).isSameAs(bug);
  }
}
