package io.fairlead.server.admin;

import io.fairlead.server.events.Event;
import java.util.List;
import java.util.function.Supplier;

/**
 * What the process lets others read besides its proxy, from any thread.
 *
 * @param events the latest, oldest first
 * @param logLevel how much is logged
 */
public record ProcessReadings(Supplier<List<Event>> events, LogLevel logLevel) {
  /** Of a process that tells nothing. */
  static final ProcessReadings NONE =
      new ProcessReadings(
          List::of,
          new LogLevel() {
            @Override
            public String present() {
              return "info";
            }

            @Override
            public void change(String name) {
              throw new IllegalStateException("this process has no log");
            }
          });
}
