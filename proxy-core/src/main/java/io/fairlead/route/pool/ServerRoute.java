package io.fairlead.route.pool;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Server;
import io.fairlead.backend.Upload;
import io.fairlead.config.PoolSettings;
import io.fairlead.hashing.KeyHash;
import io.fairlead.protocol.Command;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** One server of a pool, whatever the key. */
final class ServerRoute implements Route {
  private final ServerGroup group;
  private final int index;
  private final Server server;

  ServerRoute(ServerGroup group, int index, Server server) {
    this.group = group;
    this.index = index;
    this.server = server;
  }

  @Override
  public void get(Exchange exchange, int lane) {
    group.asked(exchange);
    exchange.hashed(KeyHash.FNV1A_64.hash(exchange.key(), 0, exchange.keyLength()));
    server.get(exchange, lane);
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    group.asked(command, in);
    server.send(command, in, sink, slot, lane);
  }

  @Override
  public boolean uploads() {
    return true;
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    group.asked(command, in);
    return server.upload(command, in, sink, onRoom);
  }

  @Override
  public void outline(Outline outline) {
    PoolSettings pool = group.settings();
    String address = server.status().address();
    outline.server(
        "host|pool=%s|id=%d|ap=%s:ascii:plain:notcompressed|timeout=%dms"
            .formatted(pool.name(), index, address, pool.timeout().toMillis()),
        address);
  }
}
