package io.fairlead.backend;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.MemcachedStat;
import io.fairlead.metrics.MemcachedStats;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a memcached what it says of itself, on a connection of its own, which is opened as all
 * others to the server are. Requests of clients neither wait for it nor see it.
 */
final class StatsQuestion extends OutboundConnection {
  /** A reply with more than this is none of a memcached. */
  private static final int LONGEST_REPLY = 64 << 10;

  private static final byte[] STATS = "stats\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] QUIT = "quit\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String END = "END";
  private static final String VERSION = "version";

  private final Server server;
  private final Map<MemcachedStat, Long> values = new EnumMap<>(MemcachedStat.class);
  private String version = "";
  private int readBytes;
  private boolean isComplete;

  StatsQuestion(ProxyLoop loop, Server server) {
    super(loop);
    this.server = server;
  }

  /** Connects and asks; the answer is noted within the connect time-out and the time-out. */
  void start() {
    server.connect(this, cause -> close());
    loop.later(this::close, server.pool().connectTimeout().toNanos() + server.timeoutNanos());
  }

  @Override
  protected void onOpen() {
    out().writeBytes(STATS);
    mark();
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !isClosed()) {
      int lineFeed = in.indexOf(at, to, (byte) '\n');
      if (lineFeed < 0) {
        break;
      }
      take(in.toString(at, lineFeed - at, StandardCharsets.US_ASCII).strip());
      at = lineFeed + 1;
    }
    readBytes += at - from;
    if (readBytes + to - at > LONGEST_REPLY && !isClosed()) {
      close();
    }
    return isClosed() ? to : at;
  }

  private void take(String line) {
    if (line.equals(END)) {
      isComplete = true;
      out().writeBytes(QUIT);
      closeAfterFlush();
      return;
    }
    String[] words = line.split(" ", 3);
    if (words.length < 3 || !words[0].equals("STAT")) {
      close(); // an error, or something that is no memcached
    } else if (words[1].equals(VERSION)) {
      version = words[2];
    } else {
      note(words[1], words[2]);
    }
  }

  private void note(String name, String value) {
    MemcachedStat stat = statOf(name);
    if (stat == null) {
      return;
    }
    try {
      values.put(stat, Long.parseLong(value));
    } catch (NumberFormatException e) {
      // A memcached that has another kind of value there lacks this one.
    }
  }

  private static @Nullable MemcachedStat statOf(String name) {
    for (MemcachedStat stat : MemcachedStat.values()) {
      if (stat.statName().equals(name)) {
        return stat;
      }
    }
    return null;
  }

  @Override
  protected void onClosed() {
    server.stats().memcached(isComplete ? new MemcachedStats(version, values) : null);
  }
}
