package io.fairlead.frontend.stats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.protocol.Command;
import io.fairlead.protocol.ErrorReply;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Answers the {@code stats} command with the proxy's own numbers.
 *
 * <p>Shared by all event loops.
 */
public final class StatsReply {
  private static final byte[] END = "END\r\n".getBytes(US_ASCII);
  private static final byte[] RESET = "RESET\r\n".getBytes(US_ASCII);
  private static final List<String> DETAILS = List.of("on", "off", "dump");

  private final ProxyFigures figures;
  private final OpenClients clients = new OpenClients();
  private final GeneralStats general = new GeneralStats();
  private volatile Totals base = Totals.NONE;

  public StatsReply(ProxyFigures figures) {
    this.figures = figures;
  }

  /** Those that {@code stats conns} tells of. */
  public OpenClients clients() {
    return clients;
  }

  /** What follows the command. */
  public static String arguments(Command command, ByteBuf in) {
    int from = command.argumentsFrom();
    return in.toString(from, command.argumentsTo() - from, US_ASCII).trim();
  }

  /**
   * The whole reply.
   *
   * @param arguments what follows the command
   * @param now by the clock of the event loops
   */
  public byte[] to(String arguments, long now) {
    String[] words = arguments.split(" +");
    return switch (words[0]) {
      case "" -> general.reply(figures.settings(), Totals.of(figures.loops()).since(base));
      case "reset" -> reset();
      case "settings" -> SettingStats.reply(figures.settings());
      case "proxy" -> ServerStates.reply(figures);
      case "conns" -> ConnectionStats.reply(figures.settings().listeners(), clients, now);
      // A proxy stores nothing.
      case "items", "extstore" -> END;
      case "slabs" -> new StatLines().add("active_slabs", 0).add("total_malloced", 0).end();
      case "sizes" -> new StatLines().add("sizes_status", "disabled").end();
      case "detail" -> detail(words);
      case "cachedump" -> words.length < 3 ? ErrorReply.BAD_STATS.line() : END;
      default -> ErrorReply.ERROR.line();
    };
  }

  private static byte[] detail(String[] words) {
    boolean known = words.length > 1 && DETAILS.contains(words[1]);
    return (known ? ErrorReply.REFUSED : ErrorReply.BAD_STATS_DETAIL).line();
  }

  /** Counters start at nothing again, for this command only: metrics go on. */
  private byte[] reset() {
    base = Totals.of(figures.loops());
    return RESET;
  }
}
