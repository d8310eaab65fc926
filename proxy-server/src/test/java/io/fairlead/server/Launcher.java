package io.fairlead.server;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A copy of the root of the checkout, as far as the script {@code fairlead} needs it. */
public final class Launcher {
  public static final Path CHECKOUT =
      Path.of(System.getProperty("basedir", ".")).resolve("..").toAbsolutePath().normalize();
  public static final Path JAR = CHECKOUT.resolve("proxy-server/target/fairlead.jar");

  private static @Nullable Path shared;

  public final Path root;

  /** In which it is started. */
  private final Path folder;

  private final List<String> prefix;

  private Launcher(Path root, Path folder, List<String> prefix) {
    this.root = root;
    this.folder = folder;
    this.prefix = prefix;
  }

  /** The same, but each process is allowed so many open files. */
  public Launcher withOpenFiles(int most) {
    return new Launcher(root, folder, List.of("prlimit", "--nofile=" + most + ":" + most));
  }

  /**
   * One copy for all tests, started in a folder. Its class-data archive, which takes seconds to
   * make, is made once.
   */
  public static synchronized Launcher sharedIn(Path folder) throws IOException {
    Path root = shared;
    if (root == null) {
      root = copy(Files.createTempDirectory("fairlead"));
      shared = root;
      Runtime.getRuntime().addShutdownHook(new Thread(Launcher::deleteShared));
    }
    return new Launcher(root, folder, List.of());
  }

  private static synchronized void deleteShared() {
    if (shared != null) {
      try {
        MoreFiles.deleteRecursively(shared);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A copy of its own, started where it lies. */
  public static Launcher copiedTo(Path root) throws IOException {
    return new Launcher(copy(root), root, List.of());
  }

  private static Path copy(Path root) throws IOException {
    Path target = Files.createDirectories(root.resolve("proxy-server/target"));
    Files.copy(CHECKOUT.resolve("fairlead"), root.resolve("fairlead"));
    root.resolve("fairlead").toFile().setExecutable(true);
    Files.copy(JAR, target.resolve("fairlead.jar"));
    return root;
  }

  /** The one that a package has installed into a folder. */
  public static Launcher installedIn(Path folder) {
    return new Launcher(folder, folder, List.of());
  }

  /** What a finished run has printed. */
  public record Result(int status, String out, String err) {}

  public Result run(Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    return run(root.resolve("fairlead").toString(), folder, environment, args);
  }

  /** Runs {@code program}, by whatever path, in {@code folder}. */
  public static Result run(
      String program, Path folder, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("fairlead", ".out");
    Path err = Files.createTempFile("fairlead", ".err");
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    setEnvironment(builder, environment);
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + command + "\n" + Files.readString(err));
    }
    Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    Files.delete(out);
    Files.delete(err);
    return result;
  }

  /**
   * Starts it with output and errors in one file. Hang-ups are not ignored, even when the build was
   * started so that its processes ignore them, as with nohup.
   */
  public RunningFairlead start(String... args) throws IOException {
    return start(Map.of(), args);
  }

  /** The same with variables of the environment. */
  public RunningFairlead start(Map<String, String> environment, String... args) throws IOException {
    return startBy(List.of("env", "--default-signal=HUP"), environment, args);
  }

  /** Has it started by a program that is given its command line. */
  public RunningFairlead startBy(List<String> parent, String... args) throws IOException {
    return startBy(parent, Map.of(), args);
  }

  private RunningFairlead startBy(
      List<String> parent, Map<String, String> environment, String... args) throws IOException {
    Path output = Files.createTempFile("fairlead", ".log");
    List<String> command = new ArrayList<>(parent);
    command.addAll(prefix);
    command.add(root.resolve("fairlead").toString());
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    setEnvironment(builder, environment);
    return new RunningFairlead(builder.start(), output);
  }

  private static void setEnvironment(ProcessBuilder builder, Map<String, String> environment) {
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("FAIRLEAD_WARM_UP", "false"); // which only some tests wait for
    builder.environment().putAll(environment);
  }
}
