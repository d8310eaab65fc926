package io.fairlead.frontend.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The lines of a reply to {@code stats}. */
final class StatLines {
  private final StringBuilder out = new StringBuilder(4096);

  /** Adds a line; a name of the configuration must not end it, nor look like another field. */
  StatLines add(String name, Object value) {
    out.append("STAT ").append(oneWord(name)).append(' ');
    out.append(oneLine(String.valueOf(value))).append("\r\n");
    return this;
  }

  private static String oneWord(String name) {
    return isPlain(name, '!') ? name : name.replaceAll("[\\p{Cntrl} ]", "_");
  }

  private static String oneLine(String value) {
    return isPlain(value, ' ') ? value : value.replaceAll("\\p{Cntrl}", " ");
  }

  private static boolean isPlain(String text, char least) {
    return text.chars().allMatch(c -> c >= least && c < 0x7f);
  }

  byte[] end() {
    return out.append("END\r\n").toString().getBytes(UTF_8);
  }
}
