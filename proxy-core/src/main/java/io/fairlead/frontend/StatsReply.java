package io.fairlead.frontend;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.metrics.Counter;
import io.fairlead.metrics.Counters;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Answers the {@code stats} command with the proxy's own numbers, in memcached's form and, where it
 * has them, under memcached's names.
 *
 * <p>Shared by all event loops.
 */
public final class StatsReply {
  private final String version;
  private final List<LoopStats> loops;
  private final long startedNanos = System.nanoTime();
  private volatile Map<Counter, Long> base = Map.of();

  public StatsReply(String version, List<LoopStats> loops) {
    this.version = version;
    this.loops = List.copyOf(loops);
  }

  /** The reply to a stats line, whose arguments are in {@code in}. */
  byte[] to(Command command, ByteBuf in) {
    String[] words = arguments(command, in).split(" +");
    return switch (words[0]) {
      case "" -> general();
      case "reset" -> reset();
      case "settings" -> settings();
      // A proxy stores nothing, so it has none of these.
      case "items", "slabs", "sizes", "conns" -> LocalReplies.END;
      case "detail" -> detail(words);
      case "cachedump" -> words.length < 3 ? ErrorReply.BAD_STATS.line() : LocalReplies.END;
      default -> ErrorReply.ERROR.line();
    };
  }

  /** What follows the command. */
  static String arguments(Command command, ByteBuf in) {
    int from = command.argumentsFrom();
    return in.toString(from, command.argumentsTo() - from, US_ASCII).trim();
  }

  private static byte[] detail(String[] words) {
    boolean known = words.length > 1 && Arrays.asList("on", "off", "dump").contains(words[1]);
    return (known ? ErrorReply.REFUSED : ErrorReply.BAD_STATS_DETAIL).line();
  }

  private byte[] general() {
    Map<Counter, Long> now = sums();
    StringBuilder out = new StringBuilder(2048);
    stat(out, "pid", ProcessHandle.current().pid());
    stat(out, "uptime", Duration.ofNanos(System.nanoTime() - startedNanos).toSeconds());
    stat(out, "time", System.currentTimeMillis() / 1000);
    stat(out, "version", version);
    stat(out, "threads", loops.size());
    stat(out, "curr_connections", since(now, Counter.CLIENTS));
    stat(out, "total_connections", since(now, Counter.CLIENTS_ACCEPTED));
    stat(out, "rejected_connections", since(now, Counter.CLIENTS_REJECTED));
    for (Counter counter : Counter.values()) {
      stat(out, counter.statName(), since(now, counter));
    }
    return end(out);
  }

  private byte[] settings() {
    StringBuilder out = new StringBuilder(256);
    stat(out, "proxy", "fairlead");
    stat(out, "num_threads", loops.size());
    stat(out, "version", version);
    return end(out);
  }

  /** Counters start at nothing again, for this command only: metrics go on. */
  private byte[] reset() {
    base = sums();
    return LocalReplies.RESET;
  }

  private long since(Map<Counter, Long> now, Counter counter) {
    long value = now.getOrDefault(counter, 0L);
    return counter.isGauge() ? value : value - base.getOrDefault(counter, 0L);
  }

  private Map<Counter, Long> sums() {
    Map<Counter, Long> sums = new EnumMap<>(Counter.class);
    for (Counter counter : Counter.values()) {
      sums.put(counter, Counters.joined(loops, counter));
    }
    return sums;
  }

  private static void stat(StringBuilder out, String name, Object value) {
    out.append("STAT ").append(name).append(' ').append(value).append("\r\n");
  }

  private static byte[] end(StringBuilder out) {
    return out.append("END\r\n").toString().getBytes(US_ASCII);
  }
}
