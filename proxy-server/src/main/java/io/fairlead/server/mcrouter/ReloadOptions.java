package io.fairlead.server.mcrouter;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What becomes of a configuration that changes, or that has gone bad.
 *
 * @param on whether a change is looked for
 * @param delay how long a changed file rests before it is read again
 * @param jitter the largest random addition to that
 * @param pollPeriod how often to look, where the system does not tell
 * @param copies the folder of the last good configuration; empty for none
 * @param copiesAsked whether that folder was given, and is not only mcrouter's usual one
 * @param oldestCopy how old such a copy may be; zero for not to use it
 */
public record ReloadOptions(
    boolean on,
    Duration delay,
    Duration jitter,
    Duration pollPeriod,
    String copies,
    boolean copiesAsked,
    Duration oldestCopy) {
  static ReloadOptions of(OptionValues values) throws McrouterMistake {
    boolean oldName =
        !values.isGiven("reconfiguration_delay_ms")
            && values.isGiven("file_observer_sleep_before_update_ms");
    return new ReloadOptions(
        !values.isOn("disable_reload_configs"),
        values.millis(
            oldName ? "file_observer_sleep_before_update_ms" : "reconfiguration_delay_ms"),
        values.millis("reconfiguration_jitter_ms"),
        values.millis("file_observer_poll_period_ms"),
        folder(values),
        values.isGiven("config_dump_root"),
        values.seconds("max_dumped_config_age"));
  }

  private static String folder(OptionValues values) throws McrouterMistake {
    String name = values.text("config_dump_root");
    try {
      return Path.of(name).toString();
    } catch (InvalidPathException e) {
      throw McrouterMistake.badValue(
          values.spelling("config_dump_root"),
          name,
          "characters that the locale (LANG) knows, as C.UTF-8");
    }
  }
}
