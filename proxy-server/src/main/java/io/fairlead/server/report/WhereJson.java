package io.fairlead.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.ServerSettings;
import io.fairlead.hashing.HashTag;
import io.fairlead.placement.KeyRule;
import io.fairlead.placement.PoolPlacement;
import io.fairlead.placement.PoolPlacement.Rule;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Where keys are, as one JSON object on a line for each key and pool. */
public final class WhereJson implements WhereReport {
  private final Lines lines;
  private final List<PoolObjects> pools;

  public WhereJson(List<PoolPlacement> placements, OutputStream out) {
    this.lines = new Lines(out);
    this.pools = placements.stream().map(PoolObjects::new).toList();
  }

  @Override
  public void accept(byte[] bytes, int from, int length) throws IOException {
    String refusal = KeyRule.refusal(bytes, from, length);
    if (refusal != null) {
      JsonKey.write(lines, "{", "key", bytes, from, length);
      lines.text(",\"refused\":" + Json.write(refusal) + "}").end();
      return;
    }
    for (PoolObjects pool : pools) {
      JsonKey.write(lines, "{", "key", bytes, from, length);
      hashed(pool.placement, bytes, from, length);
      pool.write(lines, bytes, from, length);
      lines.end();
    }
  }

  @Override
  public void end() throws IOException {
    lines.flush();
  }

  private void hashed(PoolPlacement placement, byte[] key, int from, int length) {
    long range = placement.hashedPart(key, from, length);
    if (placement.usesHash() && HashTag.lengthOf(range) < length) {
      JsonKey.write(lines, ",", "hashed", key, HashTag.startOf(range), HashTag.lengthOf(range));
    }
  }

  /** The members of one pool; what does not depend on the key is made once. */
  private static final class PoolObjects {
    private final PoolPlacement placement;
    private final byte[] pool;
    private final byte[][] servers;
    private final byte[][] spares;
    private final byte[] constant;

    private PoolObjects(PoolPlacement placement) {
      this.placement = placement;
      this.pool = (",\"pool\":" + Json.write(placement.pool().name())).getBytes(UTF_8);
      List<ServerSettings> settings = placement.pool().servers();
      this.servers = new byte[settings.size()][];
      this.spares = new byte[settings.size() + 1][];
      spares[settings.size()] = ",\"if_down\":null}".getBytes(UTF_8);
      for (int i = 0; i < servers.length; i++) {
        servers[i] = server(settings.get(i)).getBytes(UTF_8);
        spares[i] = (",\"if_down\":" + Json.write(settings.get(i).name()) + "}").getBytes(UTF_8);
      }
      this.constant = constant().getBytes(UTF_8);
    }

    private static String server(ServerSettings server) {
      return ",\"server\":"
          + Json.write(server.name())
          + ",\"address\":"
          + Json.write(server.address().toString());
    }

    private String constant() {
      List<ServerSettings> all = placement.pool().servers();
      return switch (placement.rule()) {
        case NONE -> ",\"server\":null}";
        case ONLY -> server(all.get(0)) + ",\"if_down\":null}";
        case ANY -> ",\"any_of\":" + names(all) + "}";
        case EVERY -> ",\"reads\":" + names(all) + "}";
        case RING, SLOT, FUNCTION -> "";
      };
    }

    private static String names(List<ServerSettings> servers) {
      return Json.write(servers.stream().map(ServerSettings::name).toList());
    }

    private void write(Lines lines, byte[] key, int from, int length) {
      lines.bytes(pool);
      if (!placement.usesHash()) {
        lines.bytes(constant);
        return;
      }
      long hash = placement.hash(key, from, length);
      int server = placement.serverOf(hash, key, from, length);
      int spare = placement.spareOf(hash, key, from, length, server);
      if (placement.hasPositions()) {
        lines.text(",\"hash\":").number(hash);
        position(lines, placement.positionOf(hash));
      }
      lines.bytes(servers[server]).bytes(spares[spare < 0 ? servers.length : spare]);
    }

    private void position(Lines lines, long position) {
      if (placement.rule() == Rule.SLOT) {
        lines.text(",\"slot\":").number(position);
        return;
      }
      lines.text(",\"point\":").number(position).text(",\"point_value\":");
      lines.number(Integer.toUnsignedLong(placement.pointAt(position)));
    }
  }
}
