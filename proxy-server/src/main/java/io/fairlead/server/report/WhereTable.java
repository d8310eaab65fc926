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
import java.util.stream.Collectors;

/**
 * Where keys are, as a table with one row for each key and pool.
 *
 * <p>Every column but the last has a width that the settings decide, so that rows need not wait for
 * those after them; the key, which may have any length, comes last.
 */
public final class WhereTable implements WhereReport {
  private static final int HASH_DIGITS = 10;
  private static final String GAP = "  ";
  private static final int LONGEST_REFUSED = 60;

  private final Lines lines;
  private final List<PoolColumns> pools;

  public WhereTable(List<PoolPlacement> placements, OutputStream out) {
    this.lines = new Lines(out);
    Widths widths = Widths.of(placements);
    this.pools = placements.stream().map(pool -> new PoolColumns(pool, widths)).toList();
    lines.text(widths.row("pool", "hash", "position", "server", "address", "if down") + "key\n");
  }

  @Override
  public void accept(byte[] bytes, int from, int length) throws IOException {
    String refusal = KeyRule.refusal(bytes, from, length);
    if (refusal != null) {
      refused(lines, refusal, bytes, from, length);
      return;
    }
    for (PoolColumns pool : pools) {
      pool.write(lines, bytes, from, length);
      lines.end();
    }
  }

  @Override
  public void end() throws IOException {
    lines.flush();
  }

  /** Writes that no server has a key. */
  static void refused(Lines lines, String refusal, byte[] bytes, int from, int length)
      throws IOException {
    lines.text("refused, as it has " + refusal + ": " + visible(bytes, from, length)).end();
  }

  /** Control bytes would do to a terminal whatever a stranger has put into a key. */
  private static String visible(byte[] bytes, int from, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < from + Math.min(length, LONGEST_REFUSED); i++) {
      boolean isPrintable = bytes[i] >= ' ' && bytes[i] < 0x7f;
      text.append(isPrintable ? "" + (char) bytes[i] : String.format("\\x%02x", bytes[i]));
    }
    return text + (length > LONGEST_REFUSED ? "…" : "");
  }

  /** How wide the columns are that the settings fill. */
  private record Widths(int pool, int position, int server, int address, int spare) {
    static Widths of(List<PoolPlacement> placements) {
      Widths widths = new Widths(4, 8, 6, 7, 7);
      for (PoolPlacement placement : placements) {
        widths = widths.with(placement);
      }
      return widths;
    }

    private Widths with(PoolPlacement placement) {
      List<ServerSettings> servers = placement.pool().servers();
      int name = servers.stream().mapToInt(server -> server.name().length()).max().orElse(0);
      int text = servers.stream().mapToInt(s -> s.address().toString().length()).max().orElse(0);
      boolean isEvery = placement.rule() == Rule.EVERY;
      return new Widths(
          Math.max(pool, placement.pool().name().length()),
          Math.max(position, placement.hasPositions() ? positionWidth(placement) : 1),
          Math.max(server, name),
          Math.max(address, text),
          Math.max(spare, isEvery ? others(placement).length() : name));
    }

    private static int positionWidth(PoolPlacement placement) {
      int digits = Lines.digits(placement.positions());
      return placement.rule() == Rule.RING
          ? digits + " at ".length() + HASH_DIGITS
          : digits + " of ".length() + digits;
    }

    String row(String... cells) {
      int[] all = {pool, HASH_DIGITS, position, server, address, spare};
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < all.length; i++) {
        row.append(padded(cells[i], all[i])).append(GAP);
      }
      return row.toString();
    }
  }

  /** The replicas that are read after the first one. */
  private static String others(PoolPlacement placement) {
    return placement.pool().servers().stream()
        .skip(1)
        .map(ServerSettings::name)
        .collect(Collectors.joining(", "));
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  /** The cells of one pool, of which all that does not depend on the key is made once. */
  private static final class PoolColumns {
    private final PoolPlacement placement;
    private final Widths widths;
    private final byte[] pool;
    private final byte[] noPosition;
    private final byte[][] servers;
    private final byte[][] spares;

    /** The row up to the key, where it is the same for all keys. */
    private final byte[] constant;

    private PoolColumns(PoolPlacement placement, Widths widths) {
      this.placement = placement;
      this.widths = widths;
      this.pool = cell(placement.pool().name(), widths.pool());
      this.noPosition =
          (padded("-", HASH_DIGITS) + GAP + padded("-", widths.position()) + GAP).getBytes(UTF_8);
      List<ServerSettings> settings = placement.pool().servers();
      this.servers = new byte[settings.size()][];
      this.spares = new byte[settings.size() + 1][];
      spares[settings.size()] = cell("error", widths.spare());
      for (int i = 0; i < servers.length; i++) {
        spares[i] = cell(settings.get(i).name(), widths.spare());
        servers[i] =
            (padded(settings.get(i).name(), widths.server())
                    + GAP
                    + padded(settings.get(i).address().toString(), widths.address())
                    + GAP)
                .getBytes(UTF_8);
      }
      this.constant = constant().getBytes(UTF_8);
    }

    private static byte[] cell(String text, int width) {
      return (padded(text, width) + GAP).getBytes(UTF_8);
    }

    private String constant() {
      String name = placement.pool().name();
      return switch (placement.rule()) {
        case NONE -> widths.row(name, "-", "-", "none", "-", "-");
        case ANY ->
            widths.row(name, "-", "-", "any", "-", placement.rehashes() ? "another" : "error");
        case ONLY, EVERY -> {
          ServerSettings first = placement.server(0);
          String after = placement.rule() == Rule.EVERY ? others(placement) : "error";
          yield widths.row(name, "-", "-", first.name(), first.address().toString(), after);
        }
        case RING, SLOT, FUNCTION -> "";
      };
    }

    private void write(Lines lines, byte[] key, int from, int length) {
      if (!placement.usesHash()) {
        lines.bytes(constant).bytes(key, from, length);
        return;
      }
      long hash = placement.hash(key, from, length);
      int server = placement.serverOf(hash, key, from, length);
      int spare = placement.spareOf(hash, key, from, length, server);
      lines.bytes(pool);
      if (placement.hasPositions()) {
        lines.number(hash, HASH_DIGITS).text(GAP);
        position(lines, hash);
      } else {
        lines.bytes(noPosition);
      }
      lines.bytes(servers[server]).bytes(spares[spare < 0 ? servers.length : spare]);
      lines.bytes(key, from, length);
      hashed(lines, key, from, length);
    }

    private void position(Lines lines, long hash) {
      long position = placement.positionOf(hash);
      long positions = placement.positions();
      int digits = Lines.digits(positions);
      int width;
      lines.number(position, digits);
      if (placement.rule() == Rule.RING) {
        long point = Integer.toUnsignedLong(placement.pointAt(position));
        lines.text(" at ").number(point, HASH_DIGITS);
        width = digits + 4 + HASH_DIGITS;
      } else {
        lines.text(" of ").number(positions);
        width = 2 * digits + 4;
      }
      lines.text(" ".repeat(widths.position() - width)).text(GAP);
    }

    private void hashed(Lines lines, byte[] key, int from, int length) {
      long range = placement.hashedPart(key, from, length);
      if (HashTag.lengthOf(range) < length) {
        lines.text("  (hashed: ");
        lines.bytes(key, HashTag.startOf(range), HashTag.lengthOf(range)).text(")");
      }
    }
  }
}
