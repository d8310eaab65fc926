package io.fairlead.server.command;

/**
 * The last line of a help, put together as in {@code OK + "drained" + FAILED + "refused" + USAGE}:
 * a status means the same in every command, and each says what that is there.
 */
public final class ExitStatus {
  public static final String OK = "Exit status: 0 ";
  public static final String FAILED = ", 1 ";
  public static final String USAGE = ", 2 usage.";

  private ExitStatus() {}
}
