package io.fairlead.server.warm;

import io.fairlead.config.PoolSettings;
import io.fairlead.placement.KeyLines;
import io.fairlead.placement.KeyRule;
import io.fairlead.server.client.Printable;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import io.fairlead.server.client.Servers;
import io.fairlead.server.warm.KeyList.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A run: the list of keys, and then batch by batch. */
public final class Warming {
  private static final int BATCH_KEYS = 64;
  private static final int BATCH_BYTES = 4 << 20;
  private static final int UNKNOWN_SIZE = 256 << 10;
  private static final double NANOS_PER_SECOND = 1e9;

  private final WarmSettings settings;
  private final InstantSource clock;
  private final WarmProgress progress;
  private final WarmResult result = new WarmResult();
  private volatile boolean stops;
  private long begunAt;

  /** What is told how far it is. */
  public interface WarmProgress {
    /** Something has gone on: so much of a phase is done, with so many keys per second. */
    void onProgress(String phase, double share, double perSecond);
  }

  public Warming(WarmSettings settings, InstantSource clock, WarmProgress progress) {
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
  }

  /** What has been done so far; for the thread that runs it. */
  public WarmResult result() {
    return result;
  }

  /** Ends it after the present batch; from any thread. */
  public void stop() {
    stops = true;
  }

  /**
   * Does all of it.
   *
   * @throws IOException with a sentence when it cannot go on; the result tells how far it came
   */
  public void run(PoolSettings from, Servers sources, PoolSettings to, Servers targets)
      throws IOException {
    try (Side source = new Side(from, sources);
        Side target = new Side(to, targets);
        KeyList keys = new KeyList()) {
      begunAt = System.nanoTime();
      Path file = settings.keyFile();
      if (file == null) {
        list(source, keys);
      } else {
        read(file, source, keys);
      }
      result.listed = keys.count();
      begunAt = System.nanoTime();
      if (settings.isRehearsal()) {
        rehearse(keys, target);
      } else {
        copy(keys, source, target);
      }
    }
    result.isStopped = stops;
  }

  private void list(Side source, KeyList keys) throws IOException {
    int servers = source.hasReplicas() ? 1 : source.size(); // each of them has every key
    for (int server = 0; server < servers && !stops; server++) {
      try (ServerLink link = source.fresh(server)) {
        link.send("lru_crawler metadump all\r\n");
        for (String line = link.line(); !line.equals("END") && !stops; line = link.line()) {
          ItemKey key = ItemKey.ofDump(line);
          if (key == null) {
            throw new ServerException("answers lru_crawler with: " + Printable.of(line));
          }
          add(keys, server, KeyList.sizeIn(line, UNKNOWN_SIZE), key);
        }
      } catch (ServerException e) {
        result.failed++;
        result.onProblem(source.nameOf(server) + " " + e.getMessage());
      }
      progress.onProgress("list", (server + 1.0) / servers, keys.count() / seconds());
    }
  }

  private void read(Path file, Side source, KeyList keys) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyLines.read(
          in,
          (bytes, from, length) -> {
            ItemKey key = new ItemKey(Arrays.copyOfRange(bytes, from, from + length));
            String refusal = KeyRule.refusal(bytes, from, length);
            if (refusal == null) {
              add(keys, source.serverOf(key), UNKNOWN_SIZE, key);
            } else if (length > 0) {
              result.failed++;
              result.onProblem("a key of " + file + " has " + refusal);
            }
          });
    }
  }

  private void add(KeyList keys, int server, int size, ItemKey key) throws IOException {
    if (key.startsWith(settings.prefix())) {
      keys.add(server, size, key);
    }
  }

  private void rehearse(KeyList keys, Side target) throws IOException {
    long[] shares = new long[target.size()];
    for (Entry entry = keys.next(); entry != null; entry = keys.next()) {
      shares[target.serverOf(entry.key())]++;
      result.done++;
    }
    for (int server = 0; server < shares.length; server++) {
      result.share(target.nameOf(server) + ": " + shares[server]);
    }
  }

  private void copy(KeyList keys, Side source, Side target) throws IOException {
    Entry next = keys.next();
    while (next != null && !stops) {
      List<Entry> entries = new ArrayList<>();
      next = fill(entries, next, keys);
      new Batch(source, target, result, entries).copy(clock.instant().getEpochSecond());
      double share = (double) result.done / Math.max(1, keys.count());
      progress.onProgress("copy", share, result.done / seconds());
      pace();
    }
  }

  /** Takes keys of one server for a batch; returns the first one that is not among them. */
  private static @Nullable Entry fill(List<Entry> entries, Entry first, KeyList keys)
      throws IOException {
    Entry next = first;
    long bytes = 0;
    while (next != null
        && entries.size() < BATCH_KEYS
        && (bytes == 0 || bytes + next.size() <= BATCH_BYTES)
        && next.server() == first.server()) {
      entries.add(next);
      bytes += next.size();
      next = keys.next();
    }
    return next;
  }

  private double seconds() {
    return Math.max(1, System.nanoTime() - begunAt) / NANOS_PER_SECOND;
  }

  /** Waits until no more than the rate has been done. */
  private void pace() {
    if (settings.rate() <= 0) {
      return;
    }
    long due = begunAt + (long) (result.done / settings.rate() * NANOS_PER_SECOND);
    for (long wait = due - System.nanoTime(); wait > 0 && !stops; wait = due - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(wait, 100_000_000));
    }
  }
}
