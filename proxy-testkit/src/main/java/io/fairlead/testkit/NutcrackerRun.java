package io.fairlead.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a nutcracker said that ended by itself. */
public record NutcrackerRun(int status, String output) {
  private static final int PATIENCE_SECONDS = 20;

  /** Runs it with these arguments, which must let it end. */
  public static NutcrackerRun with(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(NutcrackerProcess.installed().toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("nutcracker", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command);
      }
      return new NutcrackerRun(
          process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(output);
    }
  }
}
