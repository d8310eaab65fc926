package io.fairlead.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What docs/kubernetes.md has a reader type into telnet, nc and Python, typed: with a real
 * memcached for each pod, and a proxy with the configuration of the chart.
 */
class KubernetesWalkTest {
  private static final Duration QUIET = Duration.ofMillis(150);
  private static final String QUIT = "quit";
  private static final String FOUND = "VALUE ";
  private static final Pattern TELNET = Pattern.compile("telnet (\\S+)-fairlead 5000");
  private static final Pattern PRINTF = Pattern.compile("printf \"([^\"]*)\" \\| nc (\\S+) \\d+");
  private static final Pattern POD = Pattern.compile("kubectl exec ((\\S+)-memcached-\\d+) .*");
  private static final String PYTHON = "/usr/bin/python3";
  private static final String TYPED = ">>> ";

  private final List<ConsoleLine> lines = ConsoleLine.of(Chart.read(KubernetesPageTest.PAGE));
  private final Map<String, RunningRelease> releases = new HashMap<>();

  @AfterEach
  void close() {
    releases.values().forEach(RunningRelease::close);
  }

  private RunningRelease release(String name) throws Exception {
    if (!releases.containsKey(name)) {
      ConsoleLine install =
          lines.stream()
              .filter(line -> line.text().startsWith("helm install " + name + " "))
              .findFirst()
              .orElseThrow();
      Cluster cluster = new Cluster();
      cluster.install(install.wordsAfter(2));
      releases.put(name, new RunningRelease(name, cluster.release(name)));
    }
    return releases.get(name);
  }

  @Test
  void telnetShowsWhatThePageShows() throws Exception {
    ConsoleLine line =
        lines.stream()
            .filter(each -> TELNET.matcher(each.text()).find() && !each.output().isEmpty())
            .findFirst()
            .orElseThrow();
    Matcher matcher = TELNET.matcher(line.text());
    assertThat(matcher.find()).isTrue();

    try (RawClient client = RawClient.connect(release(matcher.group(1)).port())) {
      assertThat(screen(client, line.output())).isEqualTo(line.output());
    }
  }

  /**
   * What a terminal shows when these lines are typed, but for those which the other side says
   * itself.
   */
  private static List<String> screen(RawClient client, List<String> shown) {
    List<String> screen = new ArrayList<>();
    while (screen.size() < shown.size()) {
      String typed = shown.get(screen.size());
      screen.add(typed);
      client.send(typed + "\r\n");
      if (typed.equals(QUIT)) {
        break;
      }
      screen.addAll(client.readUntilQuiet(QUIET).lines().toList());
    }
    return screen;
  }

  @Test
  void aKeyIsOnOneServerOfTheFirstRelease() throws Exception {
    RunningRelease mycache = release("mycache");
    try (RawClient client = RawClient.connect(mycache.port())) {
      client.send("set anotherkey 0 0 15\r\nMcrouter is fun\r\n").expect("STORED\r\n");
    }

    assertThat(holders("mycache", "anotherkey")).hasSize(1);
  }

  @Test
  void shardedIsOnOneServerAndReplsetOnAll() throws Exception {
    ConsoleLine writes =
        lines.stream().filter(line -> line.text().contains("set color")).findFirst().orElseThrow();
    Matcher matcher = PRINTF.matcher(writes.text());
    List<String> written = new ArrayList<>();
    while (matcher.find()) {
      String release = matcher.group(2).replace("-fairlead", "");
      written.add(release);
      assertThat(talk(release(release).port(), matcher.group(1))).isEqualTo("STORED\r\n");
    }

    assertThat(written).containsExactly("sharded", "replset");
    assertThat(holders("sharded", "color")).hasSize(1);
    assertThat(holders("replset", "color")).hasSize(3);
  }

  /** The pods that have a key when the commands of the page look into each. */
  private List<String> holders(String release, String key) throws Exception {
    List<String> asked = new ArrayList<>();
    List<String> holders = new ArrayList<>();
    for (ConsoleLine line : lines) {
      Matcher pod = POD.matcher(line.text());
      Matcher typed = PRINTF.matcher(line.text());
      if (pod.matches() && pod.group(2).equals(release) && typed.find()) {
        asked.add(pod.group(1));
        assertThat(typed.group(1)).startsWith("get " + key + "\\r\\n");
        if (talk(release(release).port(pod.group(1)), typed.group(1)).startsWith(FOUND)) {
          holders.add(pod.group(1));
        }
      }
    }
    assertThat(asked).containsExactlyElementsOf(release(release).pods());
    return holders;
  }

  /** Sends what {@code printf} makes of a text, and returns all that comes back. */
  private static String talk(int port, String text) {
    try (RawClient client = RawClient.connect(port)) {
      client.send(text.replace("\\r\\n", "\r\n"));
      return client.readUntilQuiet(QUIET);
    }
  }

  @Test
  void pythonShowsWhatThePageShows() throws Exception {
    List<String> console =
        lines.stream()
            .map(ConsoleLine::output)
            .filter(output -> output.stream().anyMatch(line -> line.startsWith(TYPED)))
            .findFirst()
            .orElseThrow();
    List<String> typed =
        console.stream()
            .filter(line -> line.startsWith(TYPED))
            .map(line -> line.substring(TYPED.length()))
            .toList();
    String program =
        String.join("\n", typed)
            .replace(
                "(\"mycache-fairlead\", 5000)", "('127.0.0.1', " + release("mycache").port() + ")");
    assertThat(program).contains("127.0.0.1");
    Process python = new ProcessBuilder(PYTHON, "-i", "-q").start();
    try (var keyboard = python.outputWriter(UTF_8)) {
      keyboard.write(program + "\n");
    }
    String said = new String(python.getInputStream().readAllBytes(), UTF_8);

    assertThat(said.lines().toList())
        .isEqualTo(
            console.stream()
                .filter(line -> !line.startsWith(TYPED) && !line.startsWith("# "))
                .toList());
  }
}
