package io.fairlead.server;

import org.jspecify.annotations.Nullable;

/** A failure that the user can mend; its message is one sentence that says how. */
final class UserError extends Exception {
  private static final long serialVersionUID = 1;

  UserError(String message) {
    super(message);
  }

  UserError(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
