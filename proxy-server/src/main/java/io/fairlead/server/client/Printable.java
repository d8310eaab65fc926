package io.fairlead.server.client;

/** Makes text of servers fit to be shown: what could steer a terminal is replaced. */
public final class Printable {
  private static final int LONGEST = 120;

  private Printable() {}

  public static String of(String text) {
    String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return shown.replaceAll("[^ -~]", "?");
  }
}
