package io.fairlead.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tool of Prometheus that checks metrics and rules, where it is installed. */
public final class Promtool {
  public static final String ENVIRONMENT_VARIABLE = "FAIRLEAD_PROMTOOL";
  public static final String NOT_INSTALLED =
      "promtool is not installed: it is in the package prometheus, or name it in "
          + ENVIRONMENT_VARIABLE;

  private final Path program;

  private Promtool(Path program) {
    this.program = program;
  }

  /**
   * What it has said.
   *
   * @param exitCode 0 when all is well
   */
  public record Said(int exitCode, String text) {}

  public static Optional<Promtool> installed() {
    return Programs.find("promtool", ENVIRONMENT_VARIABLE).map(Promtool::new);
  }

  /** Runs it in a folder, with a text to read, to its end. */
  public Said run(Path folder, String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
      process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Said(process.waitFor(), text);
    } catch (IOException e) {
      throw new IllegalStateException("promtool could not be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while promtool ran", e);
    }
  }
}
