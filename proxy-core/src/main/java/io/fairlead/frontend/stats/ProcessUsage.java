package io.fairlead.frontend.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the process takes of the machine.
 *
 * @param residentBytes 0 where the system does not tell
 * @param virtualBytes 0 where the system does not tell
 */
public record ProcessUsage(
    double userSeconds, double systemSeconds, long residentBytes, long virtualBytes) {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Linux counts processor time for others in these, whatever its own clock does. */
  private static final double TICKS_PER_SECOND = 100;

  /** Places of the times behind the name, which is in parentheses. */
  private static final int USER_TICKS = 12;

  private static final int SYSTEM_TICKS = 13;

  /** As it is now. */
  public static ProcessUsage read() {
    try {
      String stat = Files.readString(STAT);
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).split(" ", -1);
      List<String> status = Files.readAllLines(STATUS);
      return new ProcessUsage(
          Long.parseLong(fields[USER_TICKS]) / TICKS_PER_SECOND,
          Long.parseLong(fields[SYSTEM_TICKS]) / TICKS_PER_SECOND,
          bytes(status, "VmRSS:"),
          bytes(status, "VmSize:"));
    } catch (IOException | RuntimeException e) {
      return elsewhere();
    }
  }

  /** Where there is no such file. */
  private static ProcessUsage elsewhere() {
    Duration used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return new ProcessUsage(used.toMillis() / 1000.0, 0, 0, 0);
  }

  private static long bytes(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(0);
  }
}
