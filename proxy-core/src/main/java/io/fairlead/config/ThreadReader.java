package io.fairlead.config;

import io.fairlead.config.ThreadSettings.Transport;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the event loops. */
final class ThreadReader {
  static final String AUTO = "auto";

  /** The number of loops follows the load. */
  private static final int FOLLOWS_LOAD = 0;

  private ThreadReader() {}

  static @Nullable ThreadSettings read(ConfigValue value) {
    return value.map("a map with loops, most_loops, transport, rest", ThreadReader::readMap);
  }

  private static ThreadSettings readMap(MappingReader map) {
    ThreadSettings defaults = ThreadSettings.DEFAULT;
    int absent = defaults.isAuto() ? FOLLOWS_LOAD : defaults.loops();
    int loops = map.optional("loops", absent, loops());
    int most = mostLoops(map, loops);
    Transport transport =
        map.optional("transport", defaults.transport(), ValueKind.oneOf(Transport.class));
    boolean rest = map.optional("rest", defaults.rest(), ValueKind.flag());
    return loops == FOLLOWS_LOAD
        ? ThreadSettings.auto(most, transport, rest)
        : new ThreadSettings(loops, transport, rest);
  }

  private static ValueKind<Integer> loops() {
    String expected = AUTO + ", or a whole number from 1 to " + ThreadSettings.MOST_LOOPS;
    ValueKind<Integer> number = ValueKind.wholeNumber(1, ThreadSettings.MOST_LOOPS, expected);
    return value -> AUTO.equals(value.text()) ? (Integer) FOLLOWS_LOAD : number.read(value);
  }

  private static int mostLoops(MappingReader map, int loops) {
    ConfigValue most = map.peek("most_loops");
    if (most != null && loops != FOLLOWS_LOAD) {
      most.refuse("loops: auto beside it, or only loops with that number");
    }
    return map.optional(
        "most_loops",
        ThreadSettings.MOST_LOOPS,
        ValueKind.wholeNumber(1, ThreadSettings.MOST_LOOPS));
  }
}
