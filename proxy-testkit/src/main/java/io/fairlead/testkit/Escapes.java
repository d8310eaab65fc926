package io.fairlead.testkit;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notation of the recorded edge cases for bytes on the wire.
 *
 * <p>{@code \r \n \t \\} and {@code \xHH}; {@code <<c*N>>} is the character c, itself possibly
 * escaped, N times; {@code <<seq k0..k9>>} is {@code k0 k1 … k9}; {@code <<repeat N: text>>} is the
 * text N times.
 */
public final class Escapes {
  private static final Pattern MACRO =
      Pattern.compile(
          "<<(?:seq (?<prefix>\\D+)(?<from>\\d+)\\.\\.\\D+(?<to>\\d+)"
              + "|repeat (?<times>\\d+): (?<text>.*?)"
              + "|(?<char>\\\\x[0-9a-fA-F]{2}|\\\\?[^<])\\*(?<count>\\d+))>>");
  private static final int SHORTEST_RUN = 64;

  private Escapes() {}

  /** From the notation to one character per byte. */
  public static String decode(String written) {
    StringBuilder out = new StringBuilder(written.length());
    Matcher macro = MACRO.matcher(written);
    int from = 0;
    while (macro.find()) {
      out.append(decodeCharacters(written.substring(from, macro.start())));
      appendMacro(macro, out);
      from = macro.end();
    }
    return out.append(decodeCharacters(written.substring(from))).toString();
  }

  /** From one character per byte to the notation, with long runs folded. */
  public static String encode(String raw) {
    StringBuilder out = new StringBuilder(Math.min(raw.length(), 4_096));
    int i = 0;
    while (i < raw.length()) {
      int run = runLength(raw, i);
      if (run >= SHORTEST_RUN) {
        out.append("<<")
            .append(encodeCharacter(raw.charAt(i)))
            .append('*')
            .append(run)
            .append(">>");
        i += run;
      } else {
        out.append(encodeCharacter(raw.charAt(i)));
        i++;
      }
    }
    return out.toString();
  }

  private static void appendMacro(Matcher macro, StringBuilder out) {
    String prefix = macro.group("prefix");
    String times = macro.group("times");
    if (prefix != null) {
      int first = Integer.parseInt(macro.group("from"));
      int last = Integer.parseInt(macro.group("to"));
      for (int i = first; i <= last; i++) {
        out.append(i == first ? "" : " ").append(prefix).append(i);
      }
      return;
    }
    if (times != null) {
      out.append(decodeCharacters(macro.group("text")).repeat(Integer.parseInt(times)));
      return;
    }
    String character = decodeCharacters(macro.group("char"));
    out.append(character.repeat(Integer.parseInt(macro.group("count"))));
  }

  private static String decodeCharacters(String written) {
    StringBuilder out = new StringBuilder(written.length());
    int i = 0;
    while (i < written.length()) {
      char c = written.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = i < written.length() ? written.charAt(i++) : ' ';
      switch (escape) {
        case 'r' -> out.append('\r');
        case 'n' -> out.append('\n');
        case 't' -> out.append('\t');
        case '\\' -> out.append('\\');
        case 'x' -> {
          out.append((char) Integer.parseInt(written.substring(i, i + 2), 16));
          i += 2;
        }
        default ->
            throw new IllegalArgumentException(
                "\\" + escape + " (expected: \\r, \\n, \\t, \\\\ or \\xHH)");
      }
    }
    return out.toString();
  }

  private static String encodeCharacter(char c) {
    return switch (c) {
      case '\r' -> "\\r";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\\' -> "\\\\";
      default ->
          c < 0x20 || c > 0x7e ? String.format(Locale.ROOT, "\\x%02x", (int) c) : String.valueOf(c);
    };
  }

  private static int runLength(String raw, int start) {
    int end = start + 1;
    while (end < raw.length() && raw.charAt(end) == raw.charAt(start)) {
      end++;
    }
    return end - start;
  }
}
