package io.fairlead.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Reads the lines of a file one after the other. */
final class SpoolReader implements Closeable {
  private static final int LONGEST_LINE = 64 << 10;

  private final FileChannel channel;
  private final byte[] bytes = new byte[LONGEST_LINE];
  private int lineFrom;
  private int filled;
  private long end;
  private boolean skipping;
  private @Nullable SpooledDelete delete;

  SpoolReader(Path path, long from) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.READ);
    channel.position(from);
    end = from;
  }

  /** Goes to the next whole line; false when there is none. */
  boolean next() throws IOException {
    int at = lineFrom;
    while (true) {
      for (; at < filled; at++) {
        if (bytes[at] == '\n') {
          ends(at);
          return true;
        }
      }
      at -= compact();
      if (!fill()) {
        return false;
      }
    }
  }

  private void ends(int lineFeed) {
    delete = skipping ? null : SpoolLine.decode(bytes, lineFrom, lineFeed);
    skipping = false;
    end += lineFeed + 1 - lineFrom;
    lineFrom = lineFeed + 1;
  }

  /** Makes room, and gives up a line that is longer than any can be; returns what was moved. */
  private int compact() {
    int moved = lineFrom;
    if (moved == 0 && filled == bytes.length) {
      skipping = true;
      end += filled;
      moved = filled;
    }
    System.arraycopy(bytes, moved, bytes, 0, filled - moved);
    filled -= moved;
    lineFrom = 0;
    return moved;
  }

  private boolean fill() throws IOException {
    int read = channel.read(ByteBuffer.wrap(bytes, filled, bytes.length - filled));
    filled += Math.max(read, 0);
    return read > 0;
  }

  /** The delete of this line; null when it holds none. */
  @Nullable SpooledDelete delete() {
    return delete;
  }

  /** Where in the file this line ends. */
  long end() {
    return end;
  }

  /** Whether something without a line end follows the last line. */
  boolean endsTorn() {
    return skipping || filled > lineFrom;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
