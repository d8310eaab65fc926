package io.fairlead.server.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody sits at the other end of a stream of this process. */
public final class Tty {
  /** Numbers of streams, as the system counts them. */
  public static final int STANDARD_INPUT = 0;

  public static final int STANDARD_OUTPUT = 1;
  public static final int STANDARD_ERROR = 2;

  private Tty() {}

  /**
   * Whether a stream is a terminal. Java tells it only of input and output together; Linux of each,
   * and elsewhere the answer is no, which costs colours and nothing else.
   */
  public static boolean isTerminal(int stream) {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(stream)));
      return isTerminal(target.toString());
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  static boolean isTerminal(String device) {
    return device.matches("/dev/(pts/\\d+|tty\\w*|console)");
  }
}
