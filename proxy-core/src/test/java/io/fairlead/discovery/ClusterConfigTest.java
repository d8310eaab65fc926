package io.fairlead.discovery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {
  private static final String NODES = "7\na.example|10.0.0.1|11211 b.example||11212\n";

  @Test
  void namesNodesByHostOrAddress() {
    String reply = "CONFIG cluster 0 " + NODES.length() + "\r\n" + NODES + "\r\nEND\r\n";

    ClusterConfig byHost = requireNonNull(ClusterConfig.parse(reply, Identity.FQDN));
    ClusterConfig byAddress = requireNonNull(ClusterConfig.parse(reply, Identity.ADDRESS));

    assertThat(byHost.version()).isEqualTo(7);
    assertThat(byHost.servers())
        .extracting(ServerSettings::name)
        .containsExactly("a.example", "b.example:11212");
    assertThat(byAddress.servers())
        .extracting(ServerSettings::name)
        .containsExactly("10.0.0.1", "b.example:11212");
  }

  @ParameterizedTest
  @CsvSource({
    "a.example|fd00::1|11211, fd00::1, [fd00::1]:11211",
    "a.example|[fd00::1]|11211, fd00::1, [fd00::1]:11211",
    "fd00::2||11212, fd00::2:11212, [fd00::2]:11212",
    "[fd00::2]||11212, fd00::2:11212, [fd00::2]:11212"
  })
  void nodeMayHaveAnIpv6Address(String node, String name, String address) {
    String nodes = "7\n" + node + "\n";
    String reply = "CONFIG cluster 0 " + nodes.length() + "\r\n" + nodes + "\r\nEND\r\n";

    assertThat(requireNonNull(ClusterConfig.parse(reply, Identity.ADDRESS)).servers())
        .containsExactly(new ServerSettings(name, Address.parse(address, 1), 1));
  }

  @Test
  void replyIsCompleteWithItsEnd() {
    String reply = "CONFIG cluster 0 " + NODES.length() + "\r\n" + NODES + "\r\nEND\r\n";
    for (int length = 0; length < reply.length(); length++) {
      assertThat(ClusterConfig.isComplete(reply.substring(0, length))).as("%d", length).isFalse();
    }
    assertThat(ClusterConfig.isComplete(reply)).isTrue();
    assertThat(ClusterConfig.isComplete("END\r\n")).isTrue();
    assertThat(ClusterConfig.isComplete("ERROR\r\n")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CONFIG cluster 0 3\r\n7\na|b|1\n\r\nEND\r\n",
        "CONFIG cluster 0 1\r\n7\r\nEND\r\n",
        "CONFIG cluster 0 7\r\nx\na|b|1\r\nEND\r\n",
        "CONFIG cluster 0 5\r\n7\na|b\r\nEND\r\n",
        "CONFIG cluster 0 7\r\n7\na|b|x\r\nEND\r\n",
        "STAT pid 1\r\nEND\r\n"
      })
  void otherRepliesAreRefused(String reply) {
    assertThatThrownBy(() -> ClusterConfig.parse(reply, Identity.FQDN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
