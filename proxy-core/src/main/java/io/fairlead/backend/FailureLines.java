package io.fairlead.backend;

import io.fairlead.config.PoolSettings.ErrorText;
import java.nio.charset.StandardCharsets;

/** The error line for each failure, in the words that the clients of a pool expect. */
@SuppressWarnings("EnumOrdinal") // an index into an array that lives as long as the enum is loaded
public final class FailureLines {
  private final byte[][] lines;
  private final boolean showsRefusals;

  public FailureLines(ErrorText words) {
    showsRefusals = words != ErrorText.TWEMPROXY;
    Failure[] failures = Failure.values();
    lines = new byte[failures.length][];
    for (Failure failure : failures) {
      String text = words == ErrorText.TWEMPROXY ? failure.twemproxyText() : failure.text();
      lines[failure.ordinal()] =
          ("SERVER_ERROR " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** The error line with its line end. Not to be changed by the caller. */
  public byte[] of(Failure failure) {
    return lines[failure.ordinal()];
  }

  /** Whether a get of several keys that a server refused is answered with the server's own line. */
  public boolean showsRefusals() {
    return showsRefusals;
  }
}
