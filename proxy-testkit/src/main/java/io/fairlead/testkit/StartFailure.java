package io.fairlead.testkit;

import java.util.function.Supplier;

/** A program was started and did not come up. */
final class StartFailure extends IllegalStateException {
  private static final int ATTEMPTS = 5;

  private final boolean portTaken;

  StartFailure(String message, ChildProcess process) {
    this(message, process.output().strip());
  }

  private StartFailure(String message, String output) {
    super(message + ": " + output);
    portTaken = output.contains("in use");
  }

  /** Between choosing a free port and listening on it another process may take it: try again. */
  static <T> T retryWhenPortTaken(Supplier<T> start) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.get();
      } catch (StartFailure e) {
        if (!e.portTaken || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
