package io.fairlead.frontend;

import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that follow the lines of stores: a small one whole, a large one as it arrives,
 * and one that is refused to nowhere.
 */
final class ValueReader {
  private static final int CR_LF = '\r' << 8 | '\n';

  private final ClientConnection client;
  private final Clients clients;
  private final RequestReader requests;

  /** Bytes that the present request needs from the beginning of its line; 0 when none is begun. */
  private int wanted;

  private @Nullable ValueUpload upload;

  /** Bytes of a refused value, with its line end, that are still to come. */
  private long swallowLeft;

  private @Nullable ErrorReply afterSwallow;

  ValueReader(ClientConnection client, Clients clients, RequestReader requests) {
    this.client = client;
    this.clients = clients;
    this.requests = requests;
  }

  int wantedBytes() {
    return wanted;
  }

  /** Whether the input belongs to a value that is sent on or swallowed as it arrives. */
  boolean isInValue() {
    return upload != null || swallowLeft > 0;
  }

  /** Whether bytes of a value are to come. */
  boolean isExpected() {
    return wanted > 0 || isInValue();
  }

  boolean isUploading() {
    return upload != null;
  }

  /** Whether a large value is on its way, and its server takes no more of it now. */
  boolean waitsForServer() {
    ValueUpload uploading = upload;
    return uploading != null && uploading.isWanted() && !uploading.hasRoom();
  }

  /** Serves a store whose line begins at {@code at}; returns the first index not consumed. */
  int store(Command command, ByteBuf in, int at, int to) {
    int length = command.valueLength();
    if (length > clients.limits.valueBytes()) {
      return tooLarge(command, in);
    }
    if (length > ValueUpload.LEAST_BYTES && clients.route.uploads(command, in)) {
      return upload(command, in, at);
    }
    int next = command.lineEnd() + length + 2;
    if (next > to) {
      wanted = next - at;
      return at;
    }
    wanted = 0;
    clients.count(command.verb());
    if (in.getShort(next - 2) == (short) CR_LF) {
      client.forwarding().send(command, in);
    } else if (!requests.closesFor(ErrorReply.BAD_DATA_CHUNK) && !command.isSilent()) {
      client.replies().refuse(ErrorReply.BAD_DATA_CHUNK);
    }
    return next;
  }

  /**
   * memcached removes the old value when it refuses a new one that was to replace it in any case.
   */
  private int tooLarge(Command command, ByteBuf in) {
    clients.count(command.verb());
    client.stats().count(Counter.LIMIT_VALUE);
    if (command.replacesAnyValue()) {
      client.forwarding().invalidate(command, in);
    }
    swallow(command, command.isSilent() ? null : ErrorReply.TOO_LARGE);
    return command.lineEnd();
  }

  /** Everything before it must be over, and nothing after it is begun: it takes another way. */
  private int upload(Command command, ByteBuf in, int at) {
    if (!client.forwarding().isQuiet()) {
      client.holdback().untilQuiet();
      return at;
    }
    clients.count(command.verb());
    ClientRequest request = client.replies().add();
    request.beginSingle(command.verb(), command.isNoreply());
    client.replies().lastWrites();
    upload =
        new ValueUpload(
            client.forwarding().upload(command, in, request),
            request,
            command.valueLength(),
            command.isSilent() || clients.parseErrorsClose);
    return command.lineEnd();
  }

  /** Reads more of a value that is sent on or swallowed as it arrives. */
  int read(ByteBuf in, int at, int to) {
    ValueUpload uploading = upload;
    if (uploading == null) {
      return swallow(at, to);
    }
    if (!uploading.isWanted()) {
      upload = null;
      swallowLeft = uploading.left();
      return swallow(at, to);
    }
    int next = uploading.take(in, at, to);
    if (uploading.left() == 0) {
      upload = null;
      if (!uploading.end(in, next) && requests.closesFor(ErrorReply.BAD_DATA_CHUNK)) {
        return next;
      }
      if (!client.replies().isEmpty()) {
        client.holdback().untilQuiet();
      }
    } else if (!uploading.hasRoom()) {
      client.holdback().untilClear();
    }
    return next;
  }

  /** Swallows the value of a refused request, then says why, unless that is null. */
  void swallow(Command command, @Nullable ErrorReply error) {
    swallowLeft = command.valueLength() + 2L;
    afterSwallow = error;
  }

  private int swallow(int at, int to) {
    int taken = (int) Math.min(swallowLeft, to - at);
    swallowLeft -= taken;
    if (swallowLeft == 0) {
      ErrorReply error = afterSwallow;
      afterSwallow = null;
      if (error != null) {
        client.replies().refuse(error);
      }
    }
    return at + taken;
  }

  /** The rest will never come. */
  void stop() {
    ValueUpload uploading = upload;
    upload = null;
    swallowLeft = 0;
    if (uploading != null) {
      uploading.abort();
    }
  }
}
