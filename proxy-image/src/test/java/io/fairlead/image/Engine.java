package io.fairlead.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs the root file system of the build as container engines do: as process 1 and a user without
 * rights, where nothing can be written but {@code /tmp}. The network is that of this machine.
 */
final class Engine {
  private static final Path ROOT = Image.MODULE.resolve("target/rootfs");

  private final Image image;
  private final Path script;
  private final Map<String, String> environment;
  private final Map<Path, String> mounts;

  private Engine(
      Image image, Path script, Map<String, String> environment, Map<Path, String> mounts) {
    this.image = image;
    this.script = script;
    this.environment = environment;
    this.mounts = mounts;
  }

  /** One that runs it with what the image says of user, environment and program. */
  static Engine of(Image image, Path folder) throws IOException {
    Path script = folder.resolve("contain");
    try (InputStream in = Engine.class.getResourceAsStream("contain")) {
      Files.copy(in, script);
    }
    return new Engine(image, script, image.environment(), Map.of());
  }

  /** Why this machine does not let us; empty when it does. */
  String hindrance() throws IOException, InterruptedException {
    try {
      Ended ended = Ended.of(command(List.of("/opt/fairlead/bin/java", "-version")));
      return ended.status() == 0 ? "" : "it takes root and util-linux: " + ended.output();
    } catch (IOException e) {
      return "it takes util-linux: " + e.getMessage();
    }
  }

  /** With another variable of the environment. */
  Engine with(String name, String value) {
    Map<String, String> more = new TreeMap<>(environment);
    more.put(name, value);
    return new Engine(image, script, more, mounts);
  }

  /** With a folder of this machine in the place of one of the image. */
  Engine mount(Path from, String to) {
    Map<Path, String> more = new TreeMap<>(mounts);
    more.put(from, to);
    return new Engine(image, script, environment, more);
  }

  /**
   * Starts the entry point with these arguments, or with those of the image when there are none.
   */
  Container start(String... arguments) throws IOException {
    return Container.start(command(program(arguments)));
  }

  /** Runs it likewise to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return Ended.of(command(program(arguments)));
  }

  private List<String> program(String... arguments) {
    List<String> program = new ArrayList<>(image.entrypoint());
    program.addAll(arguments.length == 0 ? image.command() : List.of(arguments));
    return program;
  }

  private List<String> command(List<String> program) {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--kill-child"));
    command.addAll(List.of("sh", script.toString(), ROOT.toString(), image.user()));
    mounts.forEach((from, to) -> command.add(from + "=" + to));
    command.add("--");
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add("--");
    command.addAll(program);
    return command;
  }
}
