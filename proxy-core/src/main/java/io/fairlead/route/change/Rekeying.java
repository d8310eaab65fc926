package io.fairlead.route.change;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests on under other keys, and sees to it that their senders are answered under their
 * own ones.
 */
final class Rekeying {
  /*
   * A retrieval goes on as another exchange, so that below it is put together with others. Any other
   * request goes on as a copy of its command, whose value stays where it is; the copy is used only
   * until the child returns, as every command is. Replies pass through only where they may have a
   * key. All of these objects are used again.
   */

  private static final int MOST_FREE = 1024;

  private final RouteContext context;
  private final Refusal invalid;
  private final ArrayDeque<Command> commands = new ArrayDeque<>();
  private final EchoBuffers buffers = new EchoBuffers();
  private @Nullable KeyEcho free;
  private int freeCount;

  /**
   * @param invalid what is answered when no key may be like the other one
   */
  Rekeying(RouteContext context, Refusal invalid) {
    this.context = context;
    this.invalid = invalid;
  }

  RouteContext context() {
    return context;
  }

  EchoBuffers buffers() {
    return buffers;
  }

  /** Sends a retrieval, which is taken, on under the key at a place of {@code key}. */
  void get(Exchange exchange, byte[] key, int from, int length, Route child, int lane) {
    if (!Ascii.isKey(key, from, length)) {
      invalid.answer(exchange, context);
      return;
    }
    Exchange other = context.exchanges().take(echo().of(exchange, length), 0);
    other.retrievesInsteadOf(exchange, key, from, length);
    child.get(other, lane);
  }

  /** Sends any other request on under the key at a place of {@code key}. */
  void send(
      Command command,
      ByteBuf in,
      byte[] key,
      int from,
      int length,
      Route child,
      ReplySink sink,
      int slot,
      int lane) {
    Command other = copy(command);
    if (!other.rekey(key, from, length)) {
      invalid.answer(sink, slot);
    } else if (command.asksForKey()) {
      child.send(other, in, echo().of(command, in, other, sink, slot), 0, lane);
    } else {
      child.send(other, in, sink, slot, lane);
    }
    commands.push(other);
  }

  /** Begins to send a large value under the key at a place of {@code key}. */
  @Nullable Upload upload(
      Command command,
      ByteBuf in,
      byte[] key,
      int from,
      int length,
      Route child,
      ReplySink sink,
      Runnable onRoom) {
    Command other = copy(command);
    Upload upload = null;
    if (!other.rekey(key, from, length)) {
      invalid.answer(sink, 0);
    } else if (command.asksForKey()) {
      upload = child.upload(other, in, echo().of(command, in, other, sink, 0), onRoom);
    } else {
      upload = child.upload(other, in, sink, onRoom);
    }
    commands.push(other);
    return upload;
  }

  private Command copy(Command command) {
    Command kept = commands.poll();
    Command copy = kept == null ? new Command() : kept;
    copy.copies(command);
    return copy;
  }

  private KeyEcho echo() {
    KeyEcho echo = free;
    if (echo == null) {
      return new KeyEcho(this);
    }
    free = echo.nextFree;
    echo.nextFree = null;
    freeCount--;
    return echo;
  }

  void give(KeyEcho echo) {
    if (freeCount < MOST_FREE) {
      echo.nextFree = free;
      free = echo;
      freeCount++;
    }
  }
}
