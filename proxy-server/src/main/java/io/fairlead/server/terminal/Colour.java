package io.fairlead.server.terminal;

/** Colours of a terminal, and the other way to make text stand out. */
public enum Colour {
  GREEN(32),
  YELLOW(33),
  RED(31),
  BOLD(1);

  private final int code;

  Colour(int code) {
    this.code = code;
  }

  /** The text in this colour. */
  public String on(String text) {
    return "\033[" + code + "m" + text + "\033[0m";
  }

  /** Whether standard output should have colours: a terminal of somebody who has not said no. */
  public static boolean isWanted() {
    return Tty.isTerminal(Tty.STANDARD_OUTPUT) && System.getenv("NO_COLOR") == null;
  }
}
