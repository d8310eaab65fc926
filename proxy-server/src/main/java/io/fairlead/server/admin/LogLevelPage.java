package io.fairlead.server.admin;

import io.fairlead.config.NearestKey;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /log-level}: how much is logged; a POST changes it until the process ends. */
final class LogLevelPage {
  private static final Logger LOG = LoggerFactory.getLogger(LogLevelPage.class);
  private static final String EXPECTED =
      " (expected: level=" + String.join(", ", LogLevel.NAMES) + ")";

  private final AdminState state;

  LogLevelPage(AdminState state) {
    this.state = state;
  }

  Page page() {
    return Page.json(Map.of("level", state.process().logLevel().present()));
  }

  Page change(PageRequest request) {
    String given = request.parameter("level");
    String level = given == null ? "" : given.toLowerCase(Locale.ROOT);
    if (!LogLevel.NAMES.contains(level)) {
      String hint = NearestKey.hint(level, LogLevel.NAMES);
      String what = given == null ? "level: missing" : "level: " + given;
      return Page.error(
          HttpResponseStatus.BAD_REQUEST, what + EXPECTED + (hint == null ? "" : ", " + hint));
    }
    String before = state.process().logLevel().present();
    state.process().logLevel().change(level);
    LOG.atWarn()
        .addKeyValue("from", before)
        .addKeyValue("to", level)
        .log("the log level was changed at the admin port");
    return page();
  }
}
