package io.fairlead.server.doctor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MachineTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void theBacklogIsWhatTheKernelSays() throws IOException {
    assertThat(Machine.present().backlog()).hasValue(said("cat", "/proc/sys/net/core/somaxconn"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void openFilesAreWhatAProcessOfOursMayHave() throws IOException {
    // Java raises the soft limit of itself to the hard one, which is what its children inherit.
    assertThat(Machine.present().openFiles()).hasValue(said("sh", "-c", "ulimit -Sn"));
  }

  private static long said(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    return Long.parseLong(new String(process.getInputStream().readAllBytes(), US_ASCII).strip());
  }
}
