package io.fairlead.spool;

import io.fairlead.config.Address;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory of a spool: who owns it, what is in it, and what of that is settled. */
final class SpoolDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);
  private static final String LOCK = ".fairlead.lock";

  private final Path root;
  private @Nullable FileChannel lock;
  private @Nullable ReplayJournal journal;

  SpoolDirectory(Path root) {
    this.root = root;
  }

  /**
   * A file that was there.
   *
   * @param unreadable lines of it that hold no delete
   */
  record Found(SpoolFile file, int unreadable) {}

  boolean isOpen() {
    return journal != null;
  }

  /** Takes the directory for this process, and gives the files that are in it. */
  List<Found> open() throws IOException {
    Files.createDirectories(root);
    FileChannel taken = lock(root.resolve(LOCK));
    try {
      ReplayJournal opened = ReplayJournal.open(root);
      List<Found> found = new ArrayList<>();
      for (Path path : paths()) {
        Found file = scan(path, opened);
        if (file != null) {
          found.add(file);
        }
      }
      lock = taken;
      journal = opened;
      return found;
    } catch (IOException e) {
      taken.close();
      throw e;
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // another proxy of this process has it
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new IOException("another process uses the directory");
  }

  /** The files of the directories of hours, oldest first. */
  private List<Path> paths() throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path hour : entries(root)) {
      if (Files.isDirectory(hour, LinkOption.NOFOLLOW_LINKS)) {
        entries(hour).stream()
            .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
            .forEach(paths::add);
      }
    }
    return paths;
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private @Nullable Found scan(Path path, ReplayJournal settled) throws IOException {
    SpoolFile file = new SpoolFile(root, path);
    if (settled.place(file.name(), ReplayJournal.EVERYONE) >= Files.size(path)) {
      return Files.size(path) == 0 ? new Found(file, 0) : null;
    }
    int unreadable = 0;
    boolean torn;
    try (SpoolReader reader = new SpoolReader(path, 0)) {
      while (reader.next()) {
        SpooledDelete delete = reader.delete();
        if (delete == null) {
          unreadable++;
        } else {
          add(file, delete, reader.end(), settled);
        }
        file.grow(reader.end() - file.size());
      }
      torn = reader.endsTorn();
    }
    if (unreadable > 0 || torn) {
      LOG.atWarn()
          .addKeyValue("file", path)
          .addKeyValue("lines", unreadable)
          .addKeyValue("incomplete_last_line", torn)
          .log("lines of the spool cannot be read");
    }
    file.isOdd = unreadable > 0 || (torn && file.size() == 0); // perhaps no file of a spool
    return new Found(file, unreadable + (torn ? 1 : 0));
  }

  private static void add(SpoolFile file, SpooledDelete delete, long end, ReplayJournal settled) {
    SpoolFile.Share share = file.share(delete.server());
    if (share.from == 0) {
      share.from = settled.place(file.name(), delete.server().toString());
    }
    if (end > share.from) {
      file.added(share, delete.millis());
    }
  }

  /** Remembers up to where a server has been told what a file holds. */
  void settled(SpoolFile file, Address server, long place) {
    record(file, server.toString(), place);
  }

  private void record(SpoolFile file, String server, long place) {
    ReplayJournal open = journal;
    if (open == null) {
      return;
    }
    try {
      open.record(file.name(), server, place);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file.path())
          .addKeyValue("cause", e)
          .log("cannot note what was replayed, so that it is replayed again after a restart");
    }
  }

  /** Removes a file of which everything is settled, unless it is to stay. */
  void release(SpoolFile file, boolean keep) {
    if (keep || file.isOdd) {
      record(file, ReplayJournal.EVERYONE, ReplayJournal.ITS_END);
      return;
    }
    try {
      Files.deleteIfExists(file.path());
      Path hour = file.path().getParent();
      if (hour != null) {
        Files.deleteIfExists(hour);
      }
    } catch (DirectoryNotEmptyException e) {
      // others are in it
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("file", file.path())
          .addKeyValue("cause", e)
          .log("cannot remove a file of the spool");
    }
    if (journal != null) {
      journal.forget(file.name());
    }
  }

  void close() {
    close(journal);
    close(lock);
    journal = null;
    lock = null;
  }

  private static void close(@Nullable Closeable file) {
    if (file == null) {
      return;
    }
    try {
      file.close();
    } catch (IOException e) {
      LOG.debug("closing the spool failed: cause={}", e.toString());
    }
  }
}
