package io.fairlead.route.copy;

import io.fairlead.protocol.HitLine;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What counts of a reply when two are compared: how the request ended, the flags, and the value, of
 * which a running hash is kept and nothing else. The cas unique, the time to live and whatever else
 * each server has for itself does not count.
 */
final class ReplyDigest {
  /*
   * The hash is CRC-32C, for which processors have an instruction: a megabyte costs some 50 us, and a
   * hash byte by byte would stop the event loop for 20 times as long. Of four billion values that differ
   * one has the same; nobody chooses them for it.
   */

  private final HitLine line = new HitLine();
  private final CRC32C hash = new CRC32C();
  private @Nullable ReplyCode code;
  private long flags;
  private long size;

  ReplyDigest() {
    clear();
  }

  /** Forgets everything. */
  void clear() {
    end(null);
  }

  /** The key was not found. */
  void miss() {
    end(ReplyCode.END);
  }

  /** There is no reply, or none that is complete: the client is told so as a server's error. */
  void fail() {
    end(ReplyCode.SERVER_ERROR);
  }

  private void end(@Nullable ReplyCode how) {
    code = how;
    flags = HitLine.NONE;
    size = HitLine.NONE;
    hash.reset();
  }

  /**
   * Adds a reply, or a piece of it; the first one has the whole line.
   *
   * @param in borrowed
   */
  void add(ReplyCode what, ByteBuf in, int from, int length) {
    if (code != null) {
      hash(in, from, length);
      return;
    }
    code = what;
    switch (what) {
      case VALUE, VA, HD -> {
        line.read(in, from);
        flags = line.flags();
        size = line.size();
        hash(in, line.end(), from + length - line.end());
      }
      case NUMBER -> hash(in, from, length);
      default -> {} // texts of errors differ from server to server
    }
  }

  private void hash(ByteBuf in, int from, int length) {
    if (length > 0) {
      for (ByteBuffer part : in.nioBuffers(from, length)) {
        hash.update(part);
      }
    }
  }

  /** Whether another complete reply says the same. */
  boolean isSameAs(ReplyDigest other) {
    return code == other.code
        && flags == other.flags
        && size == other.size
        && hash.getValue() == other.hash.getValue();
  }
}
