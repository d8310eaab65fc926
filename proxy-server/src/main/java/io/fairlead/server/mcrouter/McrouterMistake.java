package io.fairlead.server.mcrouter;

/** A command line that cannot be followed; its message is one sentence that says why. */
public final class McrouterMistake extends Exception {
  private static final long serialVersionUID = 1;

  public McrouterMistake(String message) {
    super(message);
  }

  /** A value that is not what its option takes. */
  static McrouterMistake badValue(String option, String value, String expected) {
    return new McrouterMistake(option + ": " + value + " (expected: " + expected + ")");
  }
}
