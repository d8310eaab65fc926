package io.fairlead.backend;

import io.fairlead.metrics.ServerCounter;
import io.fairlead.metrics.ServerStats;
import io.fairlead.protocol.ReplyShape;

/**
 * Adds up what waits at a server, when someone asks: requests under way say nothing about it while
 * they are on their way.
 */
final class QueueCount {
  private static final int LINE_END_BYTES = 2;

  private int waiting;
  private long waitingBytes;
  private int sent;
  private long sentBytes;

  /** Adds a request, or a key of a multi-get, whose last key stands for the line. */
  void add(Exchange exchange, boolean isSent) {
    if (exchange.shape != ReplyShape.RETRIEVAL) {
      add(exchange.requestBytes, isSent);
      return;
    }
    int key = 1 + exchange.keyLength();
    if (exchange.last) {
      add(verbBytes(exchange) + key + LINE_END_BYTES, isSent);
    } else {
      addBytes(key, isSent);
    }
  }

  private static int verbBytes(Exchange exchange) {
    int word = exchange.verb().word().length;
    boolean touches = exchange.verb().touches();
    return touches ? word + 1 + Integer.toString(exchange.expiry()).length() : word;
  }

  /** Adds a multi-get of which the line has no end yet. */
  void addOpenBatch(boolean isOpen) {
    waiting += isOpen ? 1 : 0;
  }

  void add(long bytes, boolean isSent) {
    if (isSent) {
      sent++;
    } else {
      waiting++;
    }
    addBytes(bytes, isSent);
  }

  private void addBytes(long bytes, boolean isSent) {
    if (isSent) {
      sentBytes += bytes;
    } else {
      waitingBytes += bytes;
    }
  }

  void writeTo(ServerStats stats) {
    stats.set(ServerCounter.IN_QUEUE, waiting);
    stats.set(ServerCounter.IN_QUEUE_BYTES, waitingBytes);
    stats.set(ServerCounter.OUT_QUEUE, sent);
    stats.set(ServerCounter.OUT_QUEUE_BYTES, sentBytes);
  }
}
