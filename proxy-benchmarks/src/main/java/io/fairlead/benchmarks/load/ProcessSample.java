package io.fairlead.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the kernel has charged to some processes so far.
 *
 * @param schedulerNanos CPU time of their living threads, exact
 * @param tickNanos CPU time with that of threads that have ended, in ticks of 10 ms
 */
public record ProcessSample(
    long schedulerNanos, long tickNanos, long residentKib, long voluntarySwitches) {
  private static final long NANOS_PER_TICK = 10_000_000;

  /** Ticks are rounded down, for user and system time apart, in each of the two samples. */
  private static final long ROUNDING_NANOS = 3 * NANOS_PER_TICK;

  public static ProcessSample of(List<Long> pids) throws IOException {
    long scheduler = 0;
    long ticks = 0;
    long resident = 0;
    long switches = 0;
    for (long pid : pids) {
      Path process = Path.of("/proc", Long.toString(pid));
      ticks += ticks(Files.readString(process.resolve("stat")));
      resident += field(Files.readString(process.resolve("status")), "\nVmRSS:");
      for (Path thread : threads(process)) {
        try {
          scheduler += firstNumber(Files.readString(thread.resolve("schedstat")), 0);
          switches +=
              field(Files.readString(thread.resolve("status")), "\nvoluntary_ctxt_switches:");
        } catch (IOException ended) {
          // The thread has ended since it was listed; its time is in the ticks.
        }
      }
    }
    return new ProcessSample(scheduler, ticks * NANOS_PER_TICK, resident, switches);
  }

  /** CPU time since {@code earlier}: the exact one unless a thread took its share away with it. */
  long cpuNanosSince(ProcessSample earlier) {
    long exact = schedulerNanos - earlier.schedulerNanos;
    long coarse = tickNanos - earlier.tickNanos;
    return schedulerNanos == 0 || exact < coarse - ROUNDING_NANOS ? coarse : exact;
  }

  /** CPU time of everything on this machine since boot; nothing of it is idle or stolen time. */
  static long machineBusyNanos() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      return busyTicks(lines.findFirst().orElse("")) * NANOS_PER_TICK;
    }
  }

  /** The line reads: cpu user nice system idle iowait irq softirq steal … */
  static long busyTicks(String line) {
    String[] words = line.strip().split(" +", -1);
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7}) {
      busy += Long.parseLong(words[i]);
    }
    return busy;
  }

  /** User and system ticks; the name in parentheses before them may hold anything. */
  static long ticks(String stat) {
    String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return Long.parseLong(words[11]) + Long.parseLong(words[12]);
  }

  /** The number behind {@code label}, 0 when there is none (a process that is just ending). */
  static long field(String text, String label) {
    int at = text.indexOf(label);
    return at < 0 ? 0 : firstNumber(text, at + label.length());
  }

  private static long firstNumber(String text, int from) {
    int start = from;
    while (!Character.isDigit(text.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return Long.parseLong(text, start, end, 10);
  }

  private static List<Path> threads(Path process) throws IOException {
    try (Stream<Path> threads = Files.list(process.resolve("task"))) {
      return threads.toList();
    }
  }
}
