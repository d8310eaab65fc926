package io.fairlead.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LocalPortsIT {
  @Test
  void acceptsAPortThatIsFree() throws IOException, UserError {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(LocalPorts.isFree(port)).isFalse();
    }

    LocalPorts.requireFree(port);
  }

  @Test
  void namesAPortThatIsFreeWhenOneIsTaken() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();

      assertThatThrownBy(() -> LocalPorts.requireFree(port))
          .isInstanceOf(UserError.class)
          .hasMessageMatching(
              "port "
                  + port
                  + " is in use by another program. "
                  + "Port \\d+ is free: java -jar fairlead.jar demo --port \\d+");
    }
  }
}
