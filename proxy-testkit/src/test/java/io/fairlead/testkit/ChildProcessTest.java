package io.fairlead.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChildProcessTest {
  @Test
  void childrenDoNotOutliveTheJvm() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Forgetful.class.getName())
            .start();

    long pid = Long.parseLong(new String(jvm.getInputStream().readAllBytes(), UTF_8).strip());

    assertThat(jvm.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Readiness.await(() -> ProcessHandle.of(pid).isEmpty(), () -> true)).isTrue();
  }

  @Test
  void keepsWhatTheyPrint() {
    ChildProcess child = ChildProcess.start(List.of("sh", "-c", "echo out; echo err >&2"));
    assertThat(Readiness.await(() -> child.output().equals("out\nerr\n"), () -> true)).isTrue();
    child.kill();
    assertThat(child.isRunning()).isFalse();
  }

  /** Starts a process and ends without a word to it. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] args) {
      System.out.println(ChildProcess.start(List.of("sleep", "60")).pid());
    }
  }
}
