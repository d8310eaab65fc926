package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedPortTest {
  /** As on Windows, where Netty would leave the option out with a warning. */
  @Test
  void aSystemThatCannotShareSaysSo() {
    assertThatThrownBy(() -> SharedPort.withNio(Set.of(StandardSocketOptions.SO_REUSEADDR)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "reuse_port: true (expected: false, as this system lets one process alone listen on a"
                + " port)");
  }

  @Test
  void saysWhatSharingTakesWhenThePortIsAnothers() {
    assertThat(SharedPort.explain("Address already in use"))
        .isEqualTo("Address already in use, by another user's process or one without reuse_port");
    assertThat(SharedPort.explain("Permission denied")).isEqualTo("Permission denied");
  }
}
