package io.fairlead.spool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends the deletes of one event loop to one file after the other. */
final class SpoolWriter {
  private final Path directory;
  private final FileNames names;
  private final int loop;
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final List<Staged> staged = new ArrayList<>();
  private @Nullable FileChannel channel;
  private @Nullable SpoolFile file;
  private long openedMillis;
  private boolean isDirty;

  /** A delete that will be written, with who is to be told. */
  record Staged(SpooledDelete delete, Receipt receipt) {}

  SpoolWriter(Path directory, FileNames names, int loop) {
    this.directory = directory;
    this.names = names;
    this.loop = loop;
  }

  void stage(byte[] line, SpooledDelete delete, Receipt receipt) {
    lines.writeBytes(line);
    staged.add(new Staged(delete, receipt));
  }

  boolean hasStaged() {
    return !staged.isEmpty();
  }

  /** What was staged since this was called last. */
  List<Staged> takeStaged() {
    List<Staged> taken = List.copyOf(staged);
    staged.clear();
    lines.reset();
    return taken;
  }

  /**
   * Writes what is staged.
   *
   * @return the file that has it
   * @throws IOException when nothing of it counts as written; the file has been closed
   */
  SpoolFile write(Instant now, boolean force) throws IOException {
    try {
      SpoolFile target = file == null ? create(now) : file;
      FileChannel open = channel;
      assert open != null;
      ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
      isDirty = true;
      if (force) {
        force();
      }
      target.grow(bytes.capacity());
      return target;
    } catch (IOException e) {
      giveUp();
      throw e;
    }
  }

  private SpoolFile create(Instant now) throws IOException {
    Path path = names.newFile(now, loop);
    Path hour = path.getParent();
    assert hour != null;
    Files.createDirectories(hour);
    channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    SpoolFile created = new SpoolFile(directory, path);
    created.isGrowing = true;
    file = created;
    openedMillis = now.toEpochMilli();
    forceDirectory(hour);
    forceDirectory(directory);
    return created;
  }

  /** Without this a crash of the machine could lose the name of a file that is on the disk. */
  private static void forceDirectory(Path path) throws IOException {
    try (FileChannel opened = FileChannel.open(path, StandardOpenOption.READ)) {
      opened.force(true);
    }
  }

  /** Forces what was written to the disk. */
  void force() throws IOException {
    FileChannel open = channel;
    if (isDirty && open != null) {
      open.force(false);
      isDirty = false;
    }
  }

  /** Leaves the file with whole lines only, as far as the disk lets us, and begins no other. */
  private void giveUp() {
    FileChannel open = channel;
    SpoolFile torn = file;
    channel = null;
    file = null;
    if (open == null || torn == null) {
      return;
    }
    torn.isGrowing = false;
    try (open) {
      open.truncate(torn.size());
      if (torn.size() == 0) {
        Files.deleteIfExists(torn.path());
      }
    } catch (IOException e) {
      torn.isOdd = torn.size() > 0; // what is torn is skipped by who reads it
    }
  }

  @Nullable SpoolFile file() {
    return file;
  }

  long openedMillis() {
    return openedMillis;
  }

  /** Ends the file; the next delete begins another one. */
  void endFile() throws IOException {
    FileChannel open = channel;
    SpoolFile ended = file;
    channel = null;
    file = null;
    if (ended != null) {
      ended.isGrowing = false;
    }
    if (open != null) {
      isDirty = false;
      open.close();
    }
  }
}
