package io.fairlead.route.change;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A route whose child sees every request under another key. */
abstract class KeyChangingRoute implements Route {
  /** The key stays as it is. */
  static final int UNCHANGED = -1;

  private final String label;
  private final Route child;
  private final Rekeying rekeying;

  /** Scratch space for the key of a command, and for the other one. */
  private final byte[] own = new byte[Ascii.MAX_KEY_BYTES];

  private final byte[] changed;

  /**
   * @param name of this kind of route in errors
   * @param added bytes that the other key may have more than a key can
   */
  KeyChangingRoute(RouteContext context, String label, String name, int added, Route child) {
    this.label = label;
    this.child = child;
    this.rekeying =
        new Rekeying(
            context, Refusal.ofServer(name + ": invalid key: empty, or longer than 250 bytes"));
    this.changed = new byte[Ascii.MAX_KEY_BYTES + added];
  }

  /**
   * Writes the other key for the one in the first {@code length} bytes of {@code key}.
   *
   * @return its length, 0 when there is none; or {@link #UNCHANGED}
   */
  abstract int change(byte[] key, int length, byte[] other);

  @Override
  public final void get(Exchange exchange, int lane) {
    int length = change(exchange.key(), exchange.keyLength(), changed);
    if (length == UNCHANGED) {
      child.get(exchange, lane);
    } else {
      rekeying.get(exchange, changed, 0, length, child, lane);
    }
  }

  private int change(Command command, ByteBuf in) {
    return change(own, command.copyKey(in, own), changed);
  }

  @Override
  public final void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int length = change(command, in);
    if (length == UNCHANGED) {
      child.send(command, in, sink, slot, lane);
    } else {
      rekeying.send(command, in, changed, 0, length, child, sink, slot, lane);
    }
  }

  @Override
  public final boolean uploads() {
    return child.uploads();
  }

  @Override
  public final @Nullable Upload upload(
      Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    int length = change(command, in);
    return length == UNCHANGED
        ? child.upload(command, in, sink, onRoom)
        : rekeying.upload(command, in, changed, 0, length, child, sink, onRoom);
  }

  @Override
  public final void outline(Outline outline) {
    outline.leaf(label);
    Question question = outline.question();
    if (question == null) {
      outline.below(child);
      return;
    }
    int length = change(question.key(), question.key().length, changed);
    if (length == UNCHANGED) {
      outline.below(child);
    } else if (Ascii.isKey(changed, 0, length)) {
      outline.below(child, question.about(Arrays.copyOf(changed, length)));
    }
  }
}
