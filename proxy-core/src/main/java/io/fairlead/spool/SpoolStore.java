package io.fairlead.spool;

import io.fairlead.config.Address;
import io.fairlead.config.SpoolSettings;
import io.fairlead.config.SpoolSettings.Fsync;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The spool on disk: takes deletes, gives them back server by server, and forgets those that are
 * settled. One thread uses it.
 */
final class SpoolStore {
  /*
   * Of a delete on disk only counts are kept in memory: how many each file has for each server, and up
   * to where in the file they are settled. The keys are read from the file, batch by batch, when they
   * are sent; a file holds a quarter of an hour, so that little is read in vain.
   *
   * Deletes of one server commute, so the order of files does not matter.
   */
  private static final Logger LOG = LoggerFactory.getLogger(SpoolStore.class);

  private static final Duration FILE_LIFE = Duration.ofMinutes(15);

  /** So that a server which fails again and again does not get a file for each delete. */
  private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

  private static final int BATCH = 1024;

  private final SpoolSettings settings;
  private final InstantSource clock;
  private final SpoolStats stats;
  private final RefusalLog refusals;
  private final FileNames names;
  private final SpoolDirectory directory;
  private final Map<Address, Backlog> backlogs = new ConcurrentHashMap<>();
  private final Map<Integer, SpoolWriter> writers = new LinkedHashMap<>();
  private final List<SpoolFile> files = new ArrayList<>();
  private long stagedBytes;
  private long stagedEntries;
  private long forcedMillis;
  private boolean waits;

  SpoolStore(SpoolSettings settings, InstantSource clock, ZoneId zone, SpoolStats stats) {
    this.settings = settings;
    this.clock = clock;
    this.stats = stats;
    this.refusals = new RefusalLog(settings.directory(), stats);
    this.names = new FileNames(settings.directory(), zone);
    this.directory = new SpoolDirectory(settings.directory());
  }

  /** The backlog of a server; from any thread. */
  Backlog backlog(Address server) {
    return backlogs.computeIfAbsent(server, Backlog::new);
  }

  /** Whether another process is about to let go of the directory, so that it is no fault if not. */
  void waits(boolean isAwaited) {
    waits = isAwaited;
  }

  boolean isOpen() {
    return directory.isOpen();
  }

  /**
   * Takes the directory, and finds what is left in it to be replayed.
   *
   * @throws IOException when it cannot be written, or another process has it
   */
  void open() throws IOException {
    for (SpoolDirectory.Found found : directory.open()) {
      SpoolFile file = found.file();
      files.add(file);
      file.shares().forEach(share -> list(file, share.getKey(), share.getValue()));
      stats.add(SpoolCounter.PENDING, file.pending());
      stats.add(SpoolCounter.DROPPED_UNREADABLE, found.unreadable());
    }
    forgetSettled();
    countBytes();
    if (stats.get(SpoolCounter.PENDING) > 0) {
      LOG.atInfo()
          .addKeyValue("directory", settings.directory())
          .addKeyValue("deletes", stats.get(SpoolCounter.PENDING))
          .addKeyValue("files", files.size())
          .log("deletes are left to be replayed");
    }
  }

  private void list(SpoolFile file, Address server, SpoolFile.Share share) {
    Backlog backlog = backlog(server);
    if (!share.isListed) {
      share.isListed = true;
      backlog.add(file);
    }
    backlog.change(share.pending);
  }

  /** Takes a delete, which will be written by the next {@link #flush}. */
  void stage(int loop, SpooledDelete delete, Receipt receipt) {
    byte[] line = SpoolLine.encode(delete, settings.version());
    SpoolCounter refusal = refusal(line.length);
    if (refusal != null) {
      refusals.add(refusal, 1);
      receipt.onRefused();
      return;
    }
    stagedBytes += line.length;
    stagedEntries++;
    writers
        .computeIfAbsent(loop, l -> new SpoolWriter(settings.directory(), names, l))
        .stage(line, delete, receipt);
  }

  private @Nullable SpoolCounter refusal(int bytes) {
    if (!isOpen()) {
      return SpoolCounter.REFUSED_UNWRITABLE;
    }
    boolean full =
        stats.get(SpoolCounter.PENDING) + stagedEntries >= settings.entries()
            || stats.get(SpoolCounter.BYTES) + stagedBytes + bytes > settings.bytes();
    return full ? SpoolCounter.REFUSED_FULL : null;
  }

  /** Writes what was staged and tells who handed it in. */
  void flush() {
    for (SpoolWriter writer : writers.values()) {
      if (writer.hasStaged()) {
        flush(writer);
      }
    }
    stagedBytes = 0;
    stagedEntries = 0;
    countBytes();
  }

  private void flush(SpoolWriter writer) {
    try {
      boolean isNew = writer.file() == null;
      SpoolFile file = writer.write(clock.instant(), settings.fsync() == Fsync.ALWAYS);
      if (isNew) {
        files.add(file);
      }
      writer.takeStaged().forEach(staged -> written(file, staged));
    } catch (IOException e) {
      List<SpoolWriter.Staged> lost = writer.takeStaged();
      refusals.unwritable(e, lost.size());
      lost.forEach(staged -> staged.receipt().onRefused());
    }
  }

  private void written(SpoolFile file, SpoolWriter.Staged staged) {
    Address server = staged.delete().server();
    SpoolFile.Share share = file.share(server);
    file.added(share, staged.delete().millis());
    if (!share.isListed) {
      share.isListed = true;
      backlog(server).add(file);
    }
    backlog(server).change(1);
    stats.count(SpoolCounter.SPOOLED);
    stats.add(SpoolCounter.PENDING, 1);
    staged.receipt().onSpooled();
  }

  /** The next deletes to be sent to a server; null when there are none, or they cannot be read. */
  @Nullable Batch read(Backlog backlog) {
    for (SpoolFile file = backlog.first(); file != null; file = backlog.first()) {
      SpoolFile.Share share = file.share(backlog.server());
      if (share.pending == 0) {
        share.isListed = false;
        backlog.removeFirst();
        continue;
      }
      try {
        Batch batch = read(backlog, file, share);
        if (!batch.keys().isEmpty()) {
          return batch;
        }
        settle(batch, batch.count() == 0 ? share.pending : 0, SpoolCounter.DROPPED_MISSING);
      } catch (NoSuchFileException e) {
        drop(file, SpoolCounter.DROPPED_MISSING);
      } catch (IOException e) {
        LOG.atWarn()
            .addKeyValue("file", file.path())
            .addKeyValue("cause", e)
            .log("cannot read spooled deletes");
        return null;
      }
    }
    return null;
  }

  private Batch read(Backlog backlog, SpoolFile file, SpoolFile.Share share) throws IOException {
    long oldest = clock.millis() - settings.age().toMillis();
    List<byte[]> keys = new ArrayList<>();
    long end = share.from;
    int expired = 0;
    try (SpoolReader reader = new SpoolReader(file.path(), share.from)) {
      while (expired + keys.size() < Math.min(share.pending, BATCH) && reader.next()) {
        SpooledDelete delete = reader.delete();
        end = reader.end();
        if (delete == null || !delete.server().equals(backlog.server())) {
          continue;
        }
        if (delete.millis() < oldest) {
          expired++;
        } else {
          keys.add(delete.key());
        }
      }
    }
    return new Batch(backlog, file, end, expired, keys);
  }

  /**
   * The server has answered to all of a batch.
   *
   * @param rejected of them with an error that it would answer again
   */
  void done(Batch batch, int rejected) {
    if (!batch.file().isGone) {
      stats.add(SpoolCounter.REPLAYED, batch.keys().size() - rejected);
      settle(batch, rejected, SpoolCounter.DROPPED_REJECTED);
    }
  }

  private void settle(Batch batch, long dropped, SpoolCounter why) {
    SpoolFile file = batch.file();
    SpoolFile.Share share = file.share(batch.backlog().server());
    long count = Math.max(batch.count(), why == SpoolCounter.DROPPED_MISSING ? dropped : 0);
    share.from = batch.end();
    settled(file, batch.backlog(), share, count);
    stats.add(SpoolCounter.DROPPED_EXPIRED, batch.expired());
    stats.add(why, dropped);
    directory.settled(file, batch.backlog().server(), share.from);
    if (file.pending() == 0) {
      forgetSettled();
    }
  }

  private void settled(SpoolFile file, Backlog backlog, SpoolFile.Share share, long count) {
    file.settled(share, count);
    stats.add(SpoolCounter.PENDING, -count);
    backlog.change(-count);
  }

  /** Gives up what a file still holds. */
  private void drop(SpoolFile file, SpoolCounter why) {
    stats.add(why, file.pending());
    LOG.atWarn()
        .addKeyValue("file", file.path())
        .addKeyValue("deletes", file.pending())
        .addKeyValue("reason", why.statName())
        .log("spooled deletes were dropped");
    writers.values().stream().filter(writer -> file == writer.file()).forEach(this::end);
    for (Map.Entry<Address, SpoolFile.Share> each : file.shares()) {
      settled(file, backlog(each.getKey()), each.getValue(), each.getValue().pending);
    }
    forgetSettled();
  }

  /** Removes files of which everything is settled. */
  private void forgetSettled() {
    files.removeIf(
        file -> {
          boolean over = file.pending() == 0 && !file.isGrowing;
          if (over) {
            file.isGone = true;
            directory.release(file, settings.keep());
          }
          return over;
        });
    countBytes();
  }

  private void countBytes() {
    stats.set(SpoolCounter.BYTES, files.stream().mapToLong(SpoolFile::size).sum());
  }

  /** Does what is due by the clock; to be called about once a second, or more often. */
  void tick() {
    if (!isOpen()) {
      reopen();
      return;
    }
    Instant now = clock.instant();
    forceWhenDue(now);
    for (SpoolWriter writer : writers.values()) {
      if (isOver(writer, now)) {
        end(writer);
      }
    }
    forgetSettled();
    long oldest = now.toEpochMilli() - settings.age().toMillis();
    List.copyOf(files).stream()
        .filter(file -> !file.isGrowing && file.newestMillis() < oldest)
        .forEach(file -> drop(file, SpoolCounter.DROPPED_EXPIRED));
    refusals.log(now);
  }

  private boolean isOver(SpoolWriter writer, Instant now) {
    SpoolFile file = writer.file();
    if (file == null) {
      return false;
    }
    long longest = Math.min(FILE_LIFE.toMillis(), settings.age().toMillis());
    long life = file.pending() == 0 ? SHORTEST_LIFE.toMillis() : longest;
    return now.toEpochMilli() - writer.openedMillis() >= life;
  }

  private void forceWhenDue(Instant now) {
    boolean due = now.toEpochMilli() - forcedMillis >= settings.fsyncInterval().toMillis();
    if (settings.fsync() != Fsync.INTERVAL || !due) {
      return;
    }
    forcedMillis = now.toEpochMilli();
    for (SpoolWriter writer : writers.values()) {
      try {
        writer.force();
      } catch (IOException e) {
        refusals.unwritable(e, 0);
      }
    }
  }

  private void end(SpoolWriter writer) {
    try {
      if (settings.fsync() != Fsync.NEVER) {
        writer.force();
      }
      writer.endFile();
    } catch (IOException e) {
      refusals.unwritable(e, 0);
    }
  }

  private void reopen() {
    try {
      open();
    } catch (IOException e) {
      if (!waits) {
        refusals.unwritable(e, 0);
        refusals.log(clock.instant());
      }
    }
  }

  /** Ends all files; what is left in them is found again at the next start. */
  void close() {
    flush();
    writers.values().forEach(this::end);
    if (isOpen()) {
      forgetSettled();
    }
    directory.close();
  }
}
