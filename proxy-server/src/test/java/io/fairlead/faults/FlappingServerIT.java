package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** What the log gets of a real server that dies and comes back, again and again. */
@ExtendWith(LeakCheck.class)
class FlappingServerIT {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final int MOST_IN_A_MINUTE = 10;

  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger("io.fairlead.health.HealthLog");

  @BeforeEach
  void record() {
    lines.start();
    log.addAppender(lines);
  }

  @AfterEach
  void stop() {
    log.detachAppender(lines);
  }

  @Test
  void getsALineForEachChangeAndNotManyInAMinute() {
    long began = System.nanoTime();
    try (MemcachedServer server = Memcached.start();
        TestProxy proxy =
            ProxySetup.sharded(server.port()).eject(1, SHORT, WhileEjected.ERROR).start()) {
      RawClient client = proxy.client();
      for (int time = 1; time <= 6; time++) {
        server.kill();
        Await.until(
            "the server is ejected",
            () -> client.send("get k\r\n").readLine().startsWith("SERVER_ERROR server is ejected"));
        server.restart();
        proxy.awaitUp(0);
      }
      assertThat(proxy.count(Counter.EJECTIONS)).isGreaterThanOrEqualTo(6);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);

    List<String> changes = lines.list.stream().map(FlappingServerIT::change).toList();
    assertThat(changes).startsWith("up>ejected").anyMatch(change -> change.endsWith(">up"));
    assertThat(changes.size())
        .as("in " + took)
        .isGreaterThanOrEqualTo(MOST_IN_A_MINUTE - 1)
        .isLessThanOrEqualTo((int) (MOST_IN_A_MINUTE * (took.toMinutes() + 1)));
  }

  private static String change(ILoggingEvent line) {
    return line.getKeyValuePairs().stream()
        .filter(pair -> pair.key.equals("from") || pair.key.equals("to"))
        .map(pair -> String.valueOf(pair.value))
        .collect(Collectors.joining(">"));
  }
}
