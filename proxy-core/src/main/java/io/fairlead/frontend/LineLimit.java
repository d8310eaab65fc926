package io.fairlead.frontend;

import io.fairlead.config.ClientLimits;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.RequestParser;
import io.netty.buffer.ByteBuf;

/** How long a line may be: that of a get or gets longer than others. */
final class LineLimit {
  private LineLimit() {}

  /**
   * Whether a line is too long as far as it has come, which is counted. A carriage return at the
   * end does not count, so that the verdict does not depend on packets.
   *
   * @param end of the line, or of what has come of it
   * @param to where the input ends
   */
  static boolean isExceeded(Clients clients, ByteBuf in, int at, int end, int to) {
    ClientLimits limits = clients.limits;
    int length = end > at && in.getByte(end - 1) == '\r' ? end - at - 1 : end - at;
    if (length <= limits.lineBytes()) {
      return false;
    }
    boolean mayBeLong = RequestParser.mayBeLong(in, at, to);
    if (mayBeLong && length <= limits.getLineBytes()) {
      return false;
    }
    clients.loop.stats().count(mayBeLong ? Counter.LIMIT_GET_LINE : Counter.LIMIT_LINE);
    return true;
  }
}
