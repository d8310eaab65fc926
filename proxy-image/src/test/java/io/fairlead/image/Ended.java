package io.fairlead.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How a program has ended, and what it printed, errors included. */
record Ended(int status, String output) {
  private static final long LONGEST_SECONDS = 120;

  /** Runs one to its end. */
  static Ended of(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("fairlead-image", ".out");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running: " + command + "\n" + Files.readString(output));
      }
      return new Ended(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  Ended requireSuccess() {
    if (status != 0) {
      throw new AssertionError("status " + status + ": " + output);
    }
    return this;
  }
}
