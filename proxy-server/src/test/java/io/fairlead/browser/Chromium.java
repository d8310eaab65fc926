package io.fairlead.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The installed Chromium without a window, with a profile of its own. It asks for nothing by
 * itself, as far as it can be told so.
 */
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> OPTIONS =
      List.of(
          "--headless",
          "--no-sandbox", // root may not have one
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-extensions",
          "--hide-scrollbars",
          "--force-color-profile=srgb",
          "--remote-debugging-port=0");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String port;

  private Chromium(Process process, String port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it.
   *
   * @param profile an empty folder
   */
  public static Chromium start(Path profile) throws IOException, InterruptedException {
    Path output = profile.resolve("output");
    List<String> command =
        Stream.of(
                Stream.of(program().toString()),
                OPTIONS.stream(),
                Stream.of("--user-data-dir=" + profile, "about:blank"))
            .flatMap(part -> part)
            .toList();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isWritten(portFile)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() - end > 0) {
        process.destroyForcibly();
        throw new AssertionError("Chromium does not start:\n" + Files.readString(output));
      }
    }
    return new Chromium(process, Files.readAllLines(portFile).get(0));
  }

  private static boolean isWritten(Path portFile) throws IOException {
    return Files.exists(portFile) && Files.readAllLines(portFile).size() == 2;
  }

  private static Path program() {
    List<String> folders = List.of(System.getenv("PATH").split(":", -1));
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("Chromium is missing (Debian: apt-get install chromium)"));
  }

  /** Opens an empty page. */
  public Tab open() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new"))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    Message made = Message.parse(http.send(request, BodyHandlers.ofString()).body());
    return new Tab(DevTools.connect(http, URI.create(made.text("webSocketDebuggerUrl"))));
  }

  /** Ends it with its children. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }
}
