package io.fairlead.server.command;

import org.jspecify.annotations.Nullable;

/** A failure that the user can mend; its message is one sentence that says how. */
public final class UserError extends Exception {
  private static final long serialVersionUID = 1;

  public UserError(String message) {
    super(message);
  }

  public UserError(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
