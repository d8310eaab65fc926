package io.fairlead.server.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The program {@code stty}, which knows and sets the terminal of this process. */
final class Stty {
  static final File TERMINAL = new File("/dev/tty");

  private Stty() {}

  /** What it says; fails with a sentence when it cannot do that. */
  static String run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectInput(TERMINAL).start();
      String said = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
      if (process.waitFor() != 0) {
        throw new IOException("this terminal cannot be set: " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("this terminal was not set in time", e);
    }
  }
}
