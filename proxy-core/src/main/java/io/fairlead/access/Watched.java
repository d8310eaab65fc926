package io.fairlead.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with secrets, and what was made of it when it was last good. A version that cannot be used
 * changes nothing but the log.
 */
abstract class Watched<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Watched.class);
  private static final int LARGEST = 1 << 20;

  private final Path path;
  private byte[] content;
  private String problem = "";
  private volatile T value;

  /**
   * @throws IllegalArgumentException when the file cannot be used, with a message that says why
   */
  Watched(Path path) {
    this.path = path;
    this.content = read();
    this.value = parsed(content);
  }

  /** What the content means; does not repeat any of it when it means nothing. */
  abstract T parse(byte[] bytes);

  /** What the file said when it was last good. */
  T present() {
    return value;
  }

  Path path() {
    return path;
  }

  /** Reads the file again; false when it says something that cannot be used, for the first time. */
  boolean refresh() {
    try {
      byte[] next = read();
      boolean isNew = !Arrays.equals(next, content) || !problem.isEmpty();
      if (isNew) {
        value = parsed(next);
        content = next;
        problem = "";
        LOG.atInfo().addKeyValue("file", path).log("took the changed file of credentials");
        warnIfReadable();
      }
      return true;
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
  }

  /** The same problem as before is no news. */
  private boolean refused(String message) {
    if (message.equals(problem)) {
      return true;
    }
    problem = message;
    LOG.atError()
        .addKeyValue("problem", message)
        .log("the changed file of credentials was not taken, what it said before holds");
    return false;
  }

  private T parsed(byte[] bytes) {
    try {
      return parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(path + ": " + e.getMessage(), e);
    }
  }

  private byte[] read() {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IllegalArgumentException(path + ": the file has more than 1 MiB");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(path + ": there is no such file", e);
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException(path + ": this user may not read the file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(path + ": the file cannot be read: " + e.getMessage(), e);
    }
  }

  /** Says so when others than those who should may read it. */
  void warnIfReadable() {
    if (isReadableByAll(path)) {
      LOG.atWarn()
          .addKeyValue("file", path)
          .log("everybody on this machine may read the file of credentials: chmod o-r");
    }
  }

  /** Whether others than its owner and group may read a file. */
  static boolean isReadableByAll(Path path) {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
