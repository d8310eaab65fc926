package io.fairlead.loop;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** A connection that consumes whole lines, records them, and does what some of them say. */
final class LineConnection extends Connection {
  final List<String> lines = new ArrayList<>();
  final List<String> events = new ArrayList<>();
  boolean mayResume = true;
  int wanted;
  ReadSize readSize = ReadSize.VALUES;

  LineConnection(ProxyLoop loop) {
    super(loop);
  }

  @Override
  protected ReadSize readSize() {
    return readSize;
  }

  @Override
  protected int consume(ByteBuf in, int from, int to) {
    int at = from;
    while (at < to && !isSuspended() && !isClosed()) {
      int end = in.indexOf(at, to, (byte) '\n');
      if (end < 0) {
        return at;
      }
      line(in, at, end + 1 - at);
      at = end + 1;
    }
    return at;
  }

  private void line(ByteBuf in, int from, int length) {
    String line = Wire.text(in, from, length - 1);
    lines.add(line);
    if (line.startsWith("echo")) {
      append(in, from, length);
      mark();
    } else if (line.equals("stop")) {
      suspend();
    } else if (line.equals("close")) {
      close();
    } else if (line.equals("fault")) {
      throw new IllegalStateException("a fault");
    } else if (line.equals("bye")) {
      out().writeBytes(Wire.bytes("bye\n"));
      closeAfterFlush();
    }
  }

  void say(String text) {
    out().writeBytes(Wire.bytes(text));
    mark();
  }

  void leaveAfterFlush() {
    endAfterFlush();
  }

  void sayOwned(ByteBuf buffer) {
    appendOwned(buffer);
    mark();
  }

  /** Bytes that the socket has taken, and those it has not. */
  long taken() {
    return takenBytes();
  }

  long unsent() {
    return unsentBytes();
  }

  boolean hasEndedByItself() {
    return endedByItself();
  }

  boolean waits() {
    return hasUnparsedInput();
  }

  @Override
  protected int wantedBytes() {
    return wanted;
  }

  @Override
  protected boolean mayResume() {
    return mayResume;
  }

  @Override
  protected void onOpen() {
    events.add("open");
    mark();
  }

  @Override
  protected void onResumed() {
    events.add("resumed after " + lines.size());
  }

  @Override
  protected void onWritable() {
    events.add("writable");
  }

  @Override
  protected void onBroken() {
    events.add("broken");
  }

  @Override
  protected void onClosed() {
    events.add("closed");
  }
}
