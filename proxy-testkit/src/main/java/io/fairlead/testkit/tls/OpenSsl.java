package io.fairlead.testkit.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed program of that name. */
public final class OpenSsl {
  private static final long LONGEST_SECONDS = 20;

  private OpenSsl() {}

  /**
   * Runs it to its end, and gives what it printed.
   *
   * @throws IllegalStateException when it fails; the message holds what it printed
   */
  public static String run(String... arguments) {
    Ended ended = end("", arguments);
    if (ended.status() != 0) {
      throw new IllegalStateException(
          "openssl " + String.join(" ", arguments) + ": " + ended.output());
    }
    return ended.output();
  }

  /** How a run has ended, and what it printed. */
  public record Ended(int status, String output) {}

  /** Runs it to its end with something to read, whatever comes of it. */
  public static Ended end(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("openssl", ".out");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.ISO_8859_1));
      process.getOutputStream().close();
      return end(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException("openssl is not installed: apt-get install openssl", e);
    }
  }

  private static Ended end(Process process, Path output) throws IOException {
    try {
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      Files.delete(output);
    }
  }
}
