package io.fairlead.route.change;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.hashing.RoutingKey;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.fairlead.route.answer.ErrorRoute;
import io.fairlead.route.fan.AllInitialRoute;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The routing prefix of a key decides which child gets a request, and is taken off: {@code
 * /region/cluster/}, or a pattern that may mean several children.
 *
 * <p>Of several the client gets the reply of the first, and the others are asked nevertheless. A
 * key without a prefix costs a look at its first byte.
 */
final class RoutingPrefixRoute implements Route {
  private final RouteContext context;
  private final Route plain;
  private final Route unknown;
  private final PrefixTable table;
  private final Rekeying rekeying;

  /** Scratch space for the key of a command. */
  private final byte[] scratch = new byte[Ascii.MAX_KEY_BYTES];

  private int scratchLength;

  /** The pattern that was asked for last, as clients use few, and what it means. */
  private byte[] pattern = {};

  private Route patternRoute;

  /**
   * @param plain what gets keys without a prefix
   * @param unknown what gets those whose prefix means nothing; null for an error
   */
  RoutingPrefixRoute(
      RouteContext context, PrefixTable table, Route plain, @Nullable Route unknown) {
    this.context = context;
    this.table = table;
    this.plain = plain;
    this.unknown = unknown == null ? new ErrorRoute(context, "RootRoute: No rh found") : unknown;
    this.rekeying = new Rekeying(context, Refusal.BAD_KEY);
    this.patternRoute = this.unknown;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    byte[] key = exchange.key();
    int prefix = key[0] == '/' ? RoutingKey.prefixLength(key, 0, exchange.keyLength()) : 0;
    if (prefix == 0) {
      plain.get(exchange, lane);
    } else {
      int length = exchange.keyLength() - prefix;
      rekeying.get(exchange, key, prefix, length, route(key, prefix), lane);
    }
  }

  /** The length of the prefix that a command's key has, which is in the scratch space then. */
  private int prefix(Command command, ByteBuf in) {
    if (!command.keyBeginsWith((byte) '/', in)) {
      return 0;
    }
    scratchLength = command.copyKey(in, scratch);
    return RoutingKey.prefixLength(scratch, 0, scratchLength);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    int prefix = prefix(command, in);
    if (prefix == 0) {
      plain.send(command, in, sink, slot, lane);
    } else {
      Route route = route(scratch, prefix);
      int length = scratchLength - prefix;
      rekeying.send(command, in, scratch, prefix, length, route, sink, slot, lane);
    }
  }

  @Override
  public boolean uploads() {
    return plain.uploads() && table.all().stream().allMatch(Route::uploads);
  }

  @Override
  public boolean uploads(Command command, ByteBuf in) {
    int prefix = prefix(command, in);
    return (prefix == 0 ? plain : route(scratch, prefix)).uploads(command, in);
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    int prefix = prefix(command, in);
    if (prefix == 0) {
      return plain.upload(command, in, sink, onRoom);
    }
    Route route = route(scratch, prefix);
    int length = scratchLength - prefix;
    return rekeying.upload(command, in, scratch, prefix, length, route, sink, onRoom);
  }

  private Route route(byte[] key, int prefix) {
    Route route = table.find(key, prefix);
    if (route != null) {
      return route;
    }
    return Glob.isPattern(key, prefix) ? routeOfPattern(key, prefix) : unknown;
  }

  private Route routeOfPattern(byte[] key, int prefix) {
    if (!Arrays.equals(pattern, 0, pattern.length, key, 0, prefix)) {
      pattern = Arrays.copyOf(key, prefix);
      List<Route> routes = table.matching(key, prefix);
      patternRoute =
          switch (routes.size()) {
            case 0 -> unknown;
            case 1 -> routes.get(0);
            default -> new AllInitialRoute(context, routes);
          };
    }
    return patternRoute;
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    if (question == null) {
      table.all().forEach(route -> outline.instead(route, null));
      return;
    }
    byte[] key = question.key();
    int prefix = RoutingKey.prefixLength(key, 0, key.length);
    if (prefix == 0) {
      outline.instead(plain, question);
    } else if (prefix < key.length) {
      Question about = question.about(Arrays.copyOfRange(key, prefix, key.length));
      routes(key, prefix).forEach(route -> outline.instead(route, about));
    }
  }

  private List<Route> routes(byte[] key, int prefix) {
    Route route = table.find(key, prefix);
    List<Route> routes = route == null ? table.matching(key, prefix) : List.of(route);
    return routes.isEmpty() ? List.of(unknown) : routes;
  }
}
