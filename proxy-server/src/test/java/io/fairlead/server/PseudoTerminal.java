package io.fairlead.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal in which {@code fairlead} runs, and what it shows; made by Python. */
public final class PseudoTerminal implements AutoCloseable {
  private static final Path SCRIPT =
      Launcher.CHECKOUT.resolve(
          "proxy-server/src/test/resources/io/fairlead/server/top/terminal.py");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String HOME = "\033[H";
  private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";

  private final Process process;
  private final Path said;
  private final Path screen;
  private final Writer keyboard;

  private PseudoTerminal(Process process, Path said, Path screen) {
    this.process = process;
    this.said = said;
    this.screen = screen;
    this.keyboard = process.outputWriter(UTF_8);
  }

  public static PseudoTerminal run(
      Launcher launcher, int width, int height, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.root.resolve("fairlead").toString()));
    command.addAll(List.of(args));
    return run(width, height, environment, command);
  }

  public static PseudoTerminal run(
      int width, int height, Map<String, String> environment, List<String> program)
      throws IOException {
    Path said = Files.createTempFile("terminal", ".said");
    Path screen = Files.createTempFile("terminal", ".screen");
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", SCRIPT.toString()));
    command.addAll(List.of(String.valueOf(width), String.valueOf(height), screen.toString()));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("FAIRLEAD_"));
    builder.environment().remove("NO_COLOR");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    return new PseudoTerminal(builder.start(), said, screen);
  }

  /** Keys; {@code \x03} is Ctrl-C. */
  public void type(String keys) throws IOException {
    tell("type " + keys);
  }

  public void resize(int width, int height) throws IOException {
    tell("size " + width + " " + height);
  }

  private void tell(String line) throws IOException {
    keyboard.write(line + "\n");
    keyboard.flush();
  }

  /** Sends SIGTERM. */
  public void terminate() throws Exception {
    long pid = Long.parseLong(saidBehind("pid"));
    ProcessHandle.of(pid).orElseThrow().destroy();
  }

  /** All that was written to it. */
  public String written() throws IOException {
    return Files.readString(screen, UTF_8);
  }

  /** Each picture that is complete, as its lines, without colours. */
  public List<List<String>> pictures() throws IOException {
    String all = new String(Files.readAllBytes(screen), ISO_8859_1);
    boolean isLeft = all.contains(LEAVE);
    List<String> pictures = new ArrayList<>(List.of(written().split(Pattern.quote(HOME), -1)));
    pictures.remove(0); // before the first
    if (!isLeft && !pictures.isEmpty()) {
      pictures.remove(pictures.size() - 1); // may be on its way
    }
    return pictures.stream().map(PseudoTerminal::lines).toList();
  }

  private static List<String> lines(String picture) {
    String seen = picture.replace(LEAVE, "").replaceAll("\033\\[[0-9;?]*[A-Za-z]", "");
    List<String> lines = new ArrayList<>(Arrays.asList(seen.split("\r+\n", -1)));
    if (lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1); // the cursor below the last one
    }
    return lines;
  }

  /** Waits for a picture, later than the first so many, that is as wanted. */
  public List<String> await(String what, int after, Predicate<List<String>> wanted)
      throws Exception {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      List<List<String>> pictures = pictures();
      for (int i = after; i < pictures.size(); i++) {
        if (wanted.test(pictures.get(i))) {
          return pictures.get(i);
        }
      }
      pause();
    }
    throw new AssertionError("never seen: " + what + "\n" + written() + Files.readString(said));
  }

  /** Waits for a picture with a line that matches. */
  public List<String> await(String line) throws Exception {
    return await(line, 0, lines -> lines.stream().anyMatch(each -> each.matches(line)));
  }

  /** Waits for the end, and returns the exit status. */
  public int awaitEnd() throws Exception {
    return Integer.parseInt(saidBehind("status"));
  }

  /** What {@code stty -a} said before the command. */
  public String before() throws Exception {
    return saidBehind("before");
  }

  /** What it said after. */
  public String after() throws Exception {
    return saidBehind("after");
  }

  private String saidBehind(String word) throws Exception {
    Pattern line = Pattern.compile("^" + word + " (.*)\n", Pattern.MULTILINE);
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < end) {
      Matcher matcher = line.matcher(Files.readString(said));
      if (matcher.find()) {
        return matcher.group(1);
      }
      pause();
    }
    throw new AssertionError("never said: " + word + "\n" + Files.readString(said) + written());
  }

  private static void pause() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(20);
  }

  @Override
  public void close() {
    try {
      keyboard.close(); // ends what still runs there
      process.onExit().join();
      Files.delete(said);
      Files.delete(screen);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
