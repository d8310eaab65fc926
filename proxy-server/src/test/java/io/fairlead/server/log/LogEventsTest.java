package io.fairlead.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import io.fairlead.server.events.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** Set up as the process is. */
class LogEventsTest {
  private final LoggerContext context = new LoggerContext();

  @BeforeEach
  void configure() {
    new LogSetup().configure(context);
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender("async"); // the build stays silent
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void keepsSentenceAndPairsApart() {
    context
        .getLogger("io.fairlead.health.HealthLog")
        .atWarn()
        .addKeyValue("pool", "main")
        .addKeyValue("failures", 3)
        .log("server state");

    assertThat(events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.level()).isEqualTo("warn");
              assertThat(event.message()).isEqualTo("server state");
              assertThat(event.pairs()).isEqualTo(Map.of("pool", "main", "failures", "3"));
              assertThat(event.timeMillis()).isPositive();
            });
  }

  @Test
  void keepsOnlyOurOwnLinesFromInfoOnAndEachOnce() {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(ch.qos.logback.classic.Level.DEBUG);
    context.getLogger("io.fairlead.frontend.Clients").debug("detail");
    context.getLogger("io.netty.channel").warn("not ours");
    context.getLogger("fairlead").info("ready");
    context.getLogger("io.fairlead").error("bad");

    assertThat(events()).extracting(Event::message).containsExactly("ready", "bad");
  }

  @Test
  void tellsWhatWasThrownInOnePair() {
    context.getLogger("fairlead").error("bad", new IllegalStateException("of no use"));

    assertThat(events().get(0).pairs())
        .isEqualTo(Map.of("exception", "java.lang.IllegalStateException: of no use"));
  }

  @Test
  void cutsLongTexts() {
    context.getLogger("fairlead").info("x".repeat(5000));

    assertThat(events().get(0).message()).hasSize(1000);
  }

  private List<Event> events() {
    return Logs.recentEvents(context).latest();
  }
}
