package io.fairlead.frontend;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What one client asks of the servers, as far as the gate lets it. */
final class Forwarding {
  private final ClientConnection client;
  private final Clients clients;
  private final int lane;
  private final GatePass pass;
  private final Allowance allowance;
  private final Invalidations invalidations;

  /**
   * @param lane of the connections to each server, the one that this client's requests take
   */
  Forwarding(
      ClientConnection client, Clients clients, int lane, GatePass pass, Allowance allowance) {
    this.client = client;
    this.clients = clients;
    this.lane = lane;
    this.pass = pass;
    this.allowance = allowance;
    this.invalidations = new Invalidations(client);
  }

  /** Sends a request that is no retrieval. */
  void send(Command command, ByteBuf in) {
    ClientRequest request = client.replies().add();
    request.beginSingle(command.verb(), command.isNoreply());
    if (request.isForValue()) {
      allowance.onAsked();
    }
    if (command.writes()) {
      client.replies().lastWrites();
    }
    if (pass.isRefused()) {
      request.fail(0, Failure.BUSY);
    } else {
      clients.route.send(command, in, request.intake(), 0, lane);
    }
  }

  /** Begins a large value; null when nobody wants it, which the request has been told. */
  @Nullable Upload upload(Command command, ByteBuf in, ClientRequest request) {
    if (pass.isRefused()) {
      request.fail(0, Failure.BUSY);
      return null;
    }
    return clients.route.upload(command, in, request.intake(), client::resume);
  }

  /** What will ask for one key of a retrieval. */
  Exchange exchange(ClientRequest request, int slot) {
    return clients.exchanges.take(request.intake(), slot);
  }

  void ask(Exchange exchange) {
    allowance.onAsked();
    if (pass.isRefused()) {
      clients.exchanges.fail(exchange, Failure.BUSY);
    } else {
      clients.route.get(exchange, lane);
    }
  }

  /** Asks once more for a key that had its place at the gate. */
  void askAgain(Exchange exchange) {
    allowance.onAsked();
    pass.enter();
    clients.route.get(exchange, lane);
    endOfGet();
  }

  /** No further key joins those that have been asked for. */
  void endOfGet() {
    clients.route.endOfGet(lane);
  }

  /** Removes the old value of a key for which a new one was refused. */
  void invalidate(Command command, ByteBuf in) {
    invalidations.expect(clients.route.invalidate(command, in, invalidations, lane));
    client.replies().lastWrites();
  }

  /** Whether everything that was asked for is over. */
  boolean isQuiet() {
    return client.replies().isEmpty() && invalidations.areOver();
  }
}
