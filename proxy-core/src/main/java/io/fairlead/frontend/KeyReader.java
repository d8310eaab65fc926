package io.fairlead.frontend;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Reads the keys of a client's retrievals and asks for one after the other. */
final class KeyReader {
  private final ClientConnection client;
  private final @Nullable Introspection introspection;

  /** The retrieval of which keys are still to be read. */
  private @Nullable ClientRequest open;

  private Verb openVerb = Verb.GET;
  private int openExpiry;

  /**
   * @param introspection what the client may ask the proxy about itself; null for nothing
   */
  KeyReader(ClientConnection client, @Nullable Introspection introspection) {
    this.client = client;
    this.introspection = introspection;
  }

  /** Whether a retrieval has begun of which keys are still to be read. */
  boolean isOpen() {
    return open != null;
  }

  /** A get of one key, which is known to be complete. */
  void readOne(ByteBuf in, int keyFrom, int keyEnd) {
    client.stats().count(Counter.CMD_GET);
    ClientRequest request = client.replies().add();
    request.beginRetrieval(Verb.GET, 0);
    Exchange exchange = exchange(request, Verb.GET, 0, in, keyFrom, keyEnd - keyFrom);
    request.seal(); // before it is asked for, as the reply may come at once
    ask(exchange);
    client.forwarding().endOfGet();
  }

  private void ask(@Nullable Exchange exchange) {
    if (exchange != null) {
      client.forwarding().ask(exchange);
    }
  }

  /** What asks for a key; null for one that the proxy has answered by itself. */
  private @Nullable Exchange exchange(
      ClientRequest request, Verb verb, int expiry, ByteBuf in, int keyFrom, int length) {
    if (introspection != null
        && verb == Verb.GET
        && OwnKeys.isOne(in, keyFrom, length)
        && client.standing().mayIntrospect()) {
      request.addFound(OwnKeys.found(introspection, in, keyFrom, length));
      return null;
    }
    Exchange exchange = client.forwarding().exchange(request, request.addSlot());
    exchange.retrieves(verb, expiry, in, keyFrom, length);
    return exchange;
  }

  void begin(Command command) {
    ClientRequest request = client.replies().add();
    request.beginRetrieval(command.verb(), command.expiry());
    open = request;
    openVerb = command.verb();
    openExpiry = command.expiry();
  }

  /** Asks for one key after the other up to the line's end; the line is known to be complete. */
  int read(ByteBuf in, int from, int to) {
    ClientRequest request = open;
    assert request != null;
    int at = from;
    while (at < to) {
      byte b = in.getByte(at);
      if (b == ' ' || b == '\r') {
        at++;
      } else if (b == '\n') {
        end();
        return at + 1;
      } else if (!client.holdback().mayTakeMore() || !client.pass().admits()) {
        client.holdback().untilClear();
        client.forwarding().endOfGet(); // keys of others must not join what has been asked for
        return at;
      } else {
        at = key(request, in, at, to);
        client.holdback().took();
        if (open == null) {
          return at;
        }
      }
    }
    return at;
  }

  /** Asks for the key that begins at {@code at}; gives where to go on. */
  private int key(ClientRequest request, ByteBuf in, int at, int to) {
    int end = RequestParser.keyEnd(in, at, to);
    if (request.hasTimedOut()) {
      giveUp(request);
      return end;
    }
    Exchange exchange = exchange(request, openVerb, openExpiry, in, at, end - at);
    int next = RequestParser.keysEnd(in, end);
    if (next < 0) {
      ask(exchange);
      return end;
    }
    open = null;
    request.seal(); // before it is asked for, as the reply may come at once
    ask(exchange);
    client.forwarding().endOfGet();
    return next;
  }

  /** A key that had to wait for others of its request, until the time for all of them was over. */
  private void giveUp(ClientRequest request) {
    client.allowance().onAsked();
    request.fail(request.addSlot(), Failure.TIMEOUT);
  }

  /** No further key comes. */
  void end() {
    ClientRequest request = open;
    if (request != null) {
      open = null;
      request.seal();
      client.forwarding().endOfGet();
    }
  }
}
