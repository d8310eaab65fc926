package io.fairlead.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One page of the browser, and all that it complains about and asks for. */
public final class Tab {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final DevTools tools;

  Tab(DevTools tools) {
    this.tools = tools;
    List.of("Page", "Runtime", "Log", "Network", "Audits")
        .forEach(domain -> tools.call(domain + ".enable"));
  }

  /** Goes to an address. */
  public void go(String address) {
    tools.call("Page.navigate", Map.of("url", address));
    until("document.readyState === 'complete'");
  }

  /** Makes the page as wide and as high as a screen. */
  public void resize(int width, int height) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 640));
  }

  /** What somebody prefers: {@code dark} or {@code light}. */
  public void prefer(String scheme) {
    tools.call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** The value of an expression, as text. */
  public String text(String expression) {
    Message result =
        tools.call(
            "Runtime.evaluate",
            Map.of(
                "expression", "String(" + expression + ")",
                "returnByValue", true,
                "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + result.text("exceptionDetails"));
    }
    return result.object("result").text("value");
  }

  public boolean isTrue(String expression) {
    return text(expression).equals("true");
  }

  public int number(String expression) {
    return Integer.parseInt(text("Math.round(" + expression + ")"));
  }

  /** Waits until an expression is true. */
  public void until(String expression) {
    long start = System.nanoTime();
    while (!isTrue(expression)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new AssertionError(
            "never: " + expression + "\n" + complaints() + "\n" + text("document.body.innerText"));
      }
    }
  }

  /** Presses a key of the keyboard, which has a name as in {@code Tab}, {@code Enter}. */
  public void press(String key, int code) {
    for (String type : List.of("keyDown", "keyUp")) {
      tools.call(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type,
              "key", key,
              "code", key,
              "windowsVirtualKeyCode", code,
              "text", type.equals("keyDown") && key.equals("Enter") ? "\r" : ""));
    }
  }

  /** Moves the pointer to a place of the page. */
  public void point(int x, int y) {
    tools.call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
  }

  /** Keeps what the page looks like. */
  public void screenshot(Path file, int width, int height) throws IOException {
    String picture =
        tools
            .call(
                "Page.captureScreenshot",
                Map.of(
                    "format",
                    "png",
                    "captureBeyondViewport",
                    true,
                    "clip",
                    Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)))
            .text("data");
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  /** Everything the console shows, exceptions, and what the policy of the page forbids. */
  public List<String> complaints() {
    return Stream.of(
            tools.events("Runtime.exceptionThrown").stream()
                .map(event -> event.object("exceptionDetails").toString()),
            tools.events("Runtime.consoleAPICalled").stream().map(Message::toString),
            tools.events("Log.entryAdded").stream().map(event -> event.object("entry").toString()),
            tools.events("Audits.issueAdded").stream().map(Message::toString))
        .flatMap(each -> each)
        .toList();
  }

  /** The addresses of everything that it has asked for. */
  public List<String> requests() {
    return tools.events("Network.requestWillBeSent").stream()
        .map(event -> event.object("request").text("url"))
        .toList();
  }
}
