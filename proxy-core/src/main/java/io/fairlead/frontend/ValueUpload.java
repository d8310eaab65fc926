package io.fairlead.frontend;

import io.fairlead.backend.Upload;
import io.fairlead.protocol.ErrorReply;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A large value on its way from a client to a server, and how much of it is still to come. */
final class ValueUpload {
  /** Values up to this size are sent when they are complete. */
  static final int LEAST_BYTES = 64 << 10;

  private static final int CR_LF = '\r' << 8 | '\n';

  private final @Nullable Upload upload;
  private final ClientRequest request;
  private final boolean silent;
  private int left;

  /**
   * @param upload null when no server takes the value, which its request has been told
   * @param silent whether nothing is said of a value that ends badly
   */
  ValueUpload(@Nullable Upload upload, ClientRequest request, int length, boolean silent) {
    this.upload = upload;
    this.request = request;
    this.silent = silent;
    this.left = length + 2;
  }

  /** Whether the server still wants the value. */
  boolean isWanted() {
    return upload != null && upload.isWanted();
  }

  boolean hasRoom() {
    return upload == null || upload.hasRoom();
  }

  /** Bytes still to come, with the line end. */
  int left() {
    return left;
  }

  /** Sends on what has arrived; returns the first index not taken. The line end is taken whole. */
  int take(ByteBuf in, int from, int to) {
    assert upload != null;
    int value = Math.min(left - 2, to - from);
    if (value > 0) {
      upload.value(in, from, value);
      left -= value;
      return from + value;
    }
    if (to - from < 2) {
      return from;
    }
    left = 0;
    return from + 2;
  }

  /**
   * Ends the value, whose line end, or what is in its place, lies before {@code at}; gives whether
   * it is one.
   */
  boolean end(ByteBuf in, int at) {
    assert upload != null;
    if (in.getShort(at - 2) == (short) CR_LF) {
      upload.end();
      return true;
    }
    upload.abort();
    request.replaceBy(silent ? null : ErrorReply.BAD_DATA_CHUNK);
    return false;
  }

  /** The rest will never come. */
  void abort() {
    if (upload != null && upload.isWanted()) {
      upload.abort();
      request.replaceBy(null);
    }
  }
}
