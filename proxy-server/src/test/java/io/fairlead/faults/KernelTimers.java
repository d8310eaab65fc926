package io.fairlead.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What Linux tells of the timers of its TCP connections. */
final class KernelTimers {
  private static final String KEEPALIVE = "02";
  private static final int CLOCK_TICKS_PER_SECOND = 100;

  private KernelTimers() {}

  /** Seconds until the kernel probes each connection to that port; none for those it does not. */
  static List<Long> untilProbe(int port) {
    String remote = ":%04X".formatted(port);
    return Stream.of("tcp", "tcp6")
        .flatMap(name -> lines(Path.of("/proc/net", name)).stream())
        .map(line -> line.trim().split("\\s+", -1))
        .filter(field -> field.length > 5 && field[2].endsWith(remote))
        .filter(field -> field[5].startsWith(KEEPALIVE + ":"))
        .map(field -> Long.parseLong(field[5].substring(3), 16) / CLOCK_TICKS_PER_SECOND)
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
