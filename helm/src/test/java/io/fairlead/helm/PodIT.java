package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command lines of the pods, run as processes on this machine: with the configuration, the
 * environment and the probes of the chart, in front of a real memcached. Only addresses are others.
 */
class PodIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OWN = "proxy: {poolOptions: {servers: [127.0.0.1:%2$d]}}";
  private static final String TWEMPROXY =
      """
      proxy:
        config: |
          main: { listen: 0.0.0.0:%1$d, timeout: 400, servers: ["127.0.0.1:%2$d:1"] }
      """;
  private static final String MCROUTER =
      """
      proxy:
        config: |
          {"pools": {"A": {"servers": ["127.0.0.1:%2$d"]}}, "route": "PoolRoute|A"}
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final MemcachedServer memcached = Memcached.start();
  private final int port = FreePorts.next();
  private final int adminPort = FreePorts.next();

  @TempDir private Path folder;

  @AfterEach
  void endMemcached() throws Exception {
    memcached.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {OWN, TWEMPROXY, MCROUTER})
  void serveAnswerTheirProbesAndEnd(String values) throws Exception {
    Objects objects =
        Rendering.with(values.formatted(port, memcached.port()))
            .and("{metrics: {port: " + adminPort + "}, drain: {delay: 500ms, timeout: 5s}}")
            .and("{mcrouterCommandParams: {port: " + port + "}, daemonset: {exposure: none}}")
            .chart(SmokePod.withoutHook(folder))
            .objects();
    Chart.write(folder.resolve(Objects.CONFIG), onLoopback(objects.config()));
    Container proxy = objects.proxy();

    Process process = start(proxy);
    try {
      awaitStart(process, proxy.getStartupProbe());
      assertThat(ask(proxy.getLivenessProbe())).isEqualTo(200);
      assertThat(ask(proxy.getReadinessProbe())).isEqualTo(200);

      if (values.equals(OWN)) {
        assertPassesTheSmokeTest(objects.of(Pod.class).get(0));
      }

      process.destroy();
      awaitDraining(proxy.getReadinessProbe());
      long grace = objects.proxyPod().getSpec().getTerminationGracePeriodSeconds();
      assertThat(process.waitFor(grace, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private void assertPassesTheSmokeTest(Pod pod) throws Exception {
    Process smoke = start(pod.getSpec().getContainers().get(0));

    assertThat(smoke.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(smoke.exitValue()).as(Chart.read(log())).isZero();
  }

  private Process start(Container container) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-jar");
    command.add(Chart.REPOSITORY.resolve("proxy-server/target/fairlead.jar").toString());
    container.getArgs().forEach(argument -> command.add(onLoopback(argument)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    container
        .getEnv()
        .forEach(variable -> builder.environment().put(variable.getName(), variable.getValue()));
    return builder.start();
  }

  private Path log() {
    return folder.resolve("log");
  }

  private String onLoopback(String text) {
    return text.replace("0.0.0.0", "127.0.0.1")
        .replace("demo-fairlead:", "127.0.0.1:")
        .replace("/etc/fairlead", folder.toString());
  }

  private void awaitStart(Process process, Probe probe) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (ask(probe) != 200) {
      assertThat(process.isAlive() && System.nanoTime() < end).as(Chart.read(log())).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void awaitDraining(Probe probe) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int status = ask(probe);
    while (status == 200 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
      status = ask(probe);
    }
    assertThat(status).isEqualTo(503);
  }

  /** The status of the answer; 0 without one. */
  private int ask(Probe probe) throws IOException, InterruptedException {
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("admin");
    URI uri = URI.create("http://127.0.0.1:" + adminPort + probe.getHttpGet().getPath());
    try {
      return http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.discarding())
          .statusCode();
    } catch (ConnectException e) {
      return 0;
    }
  }
}
