package io.fairlead.route.copy;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.metrics.LoopStats;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every request goes to the target, and copies of some to shadows, whose replies are dropped, or
 * compared with those of the target.
 */
final class ShadowRoute implements Route {
  /*
   * The target is served first, then the shadows. Each step does so by a call of the next one, because
   * the target may answer at once and bring another request here before it returns: what is kept until
   * then is on the stack.
   *
   * A shadow that is compared puts a Comparison between the target and whoever asks; several of them
   * stand one behind the other. Without one nothing is between.
   */

  private final RouteContext context;
  private final Route target;
  private final Route[] shadows;
  private final ShadowChoice[] choices;
  private final ShadowReplies[] replies;

  /** Scratch space for the key of a command. */
  private final byte[] scratch = new byte[Ascii.MAX_KEY_BYTES];

  ShadowRoute(
      RouteContext context,
      Route target,
      List<Shadow> settings,
      List<Route> shadows,
      List<ShadowReplies> replies) {
    this.context = context;
    this.target = target;
    this.shadows = shadows.toArray(Route[]::new);
    this.choices = settings.stream().map(ShadowChoice::new).toArray(ShadowChoice[]::new);
    this.replies = replies.toArray(ShadowReplies[]::new);
  }

  /** The first shadow from there on that is to get a copy; their number when none is. */
  private int chosen(int from, byte[] key, int length) {
    int at = from;
    while (at < shadows.length && !choices[at].takes(key, length)) {
      at++;
    }
    return at;
  }

  /** The same of those that may get one now, which is counted as begun. */
  private int next(int from, byte[] key, int length) {
    int at = chosen(from, key, length);
    while (at < shadows.length && !replies[at].begin()) {
      at = chosen(at + 1, key, length);
    }
    return at;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    get(0, exchange, lane);
  }

  private void get(int from, Exchange exchange, int lane) {
    int at = next(from, exchange.key(), exchange.keyLength());
    if (at == shadows.length) {
      target.get(exchange, lane);
      return;
    }
    Comparison comparison = replies[at].comparison();
    Exchange copy = like(exchange, sink(at, comparison), Comparison.SHADOW);
    get(
        at + 1,
        comparison == null ? exchange : like(exchange, comparison.of(exchange), Comparison.TARGET),
        lane);
    LoopStats stats = context.loop().stats();
    boolean before = stats.countBesides(true);
    shadows[at].get(copy, lane);
    stats.countBesides(before);
  }

  private Exchange like(Exchange exchange, ReplySink sink, int slot) {
    Exchange other = context.exchanges().take(sink, slot);
    other.retrievesLike(exchange);
    return other;
  }

  /** Where the reply of a shadow goes. */
  private ReplySink sink(int shadow, @Nullable Comparison comparison) {
    return comparison == null ? replies[shadow] : comparison;
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    send(0, command, in, sink, slot, lane);
  }

  private void send(int from, Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int at = next(from, scratch, command.copyKey(in, scratch));
    if (at == shadows.length) {
      target.send(command, in, sink, slot, lane);
      return;
    }
    Comparison comparison = replies[at].comparison();
    if (comparison == null) {
      send(at + 1, command, in, sink, slot, lane);
    } else {
      send(at + 1, command, in, comparison.of(sink, slot), Comparison.TARGET, lane);
    }
    LoopStats stats = context.loop().stats();
    boolean before = stats.countBesides(true);
    shadows[at].send(command, in, sink(at, comparison), Comparison.SHADOW, lane);
    stats.countBesides(before);
  }

  @Override
  public boolean uploads() {
    return target.uploads();
  }

  /** The value is collected for the shadows while it passes, if there is room. */
  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return upload(0, command, in, sink, onRoom);
  }

  private @Nullable Upload upload(
      int from, Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    int at = chosen(from, scratch, command.copyKey(in, scratch));
    if (at == shadows.length) {
      return target.upload(command, in, sink, onRoom);
    }
    Comparison comparison = replies[at].comparison();
    ReplySink told = comparison == null ? sink : comparison.of(sink, 0);
    Upload upload = upload(at + 1, command, in, told, onRoom);
    if (upload != null && upload.isWanted()) {
      if (context.mayKeep(command.valueLength())) {
        upload.watch(new ShadowValue(context, shadows[at], replies[at], comparison, command, in));
        return upload;
      }
      replies[at].dropped();
    }
    if (comparison != null) {
      comparison.withoutShadow();
    }
    return upload;
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    List<Route> children = new ArrayList<>(List.of(target));
    for (int i = 0; i < shadows.length; i++) {
      if (question == null || choices[i].takesKey(question.key(), question.key().length)) {
        children.add(shadows[i]);
      }
    }
    outline.node("shadow", children);
  }
}
