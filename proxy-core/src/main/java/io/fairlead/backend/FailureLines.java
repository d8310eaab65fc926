package io.fairlead.backend;

import io.fairlead.config.PoolSettings.ErrorText;
import java.nio.charset.StandardCharsets;

/** The error line for each failure, in the words that the clients of a pool expect. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives as long as the enum is loaded
public final class FailureLines {
  private final byte[][] lines;
  private final boolean showsRefusals;
  private final boolean isGrouped;

  public FailureLines(ErrorText words) {
    showsRefusals = words == ErrorText.NATIVE;
    isGrouped = words == ErrorText.GROUPED;
    Failure[] failures = Failure.values();
    lines = new byte[failures.length][];
    for (Failure failure : failures) {
      lines[failure.ordinal()] =
          ("SERVER_ERROR " + text(failure, words) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
  }

  private static String text(Failure failure, ErrorText words) {
    return switch (words) {
      case NATIVE -> failure.text();
      case TWEMPROXY -> failure.twemproxyText();
      case GROUPED -> "remote error"; // mcrouter's words for it
    };
  }

  /** The error line with its line end. Not to be changed by the caller. */
  public byte[] of(Failure failure) {
    return lines[failure.ordinal()];
  }

  /** Whether a get of several keys that a server refused is answered with the server's own line. */
  public boolean showsRefusals() {
    return showsRefusals;
  }

  /** Whether errors that servers answer have these words too. */
  public boolean areGrouped() {
    return isGrouped;
  }
}
