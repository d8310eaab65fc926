package io.fairlead.server.process;

import io.fairlead.server.command.UserError;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Why a proxy did not start, as a sentence with a way out. */
public final class StartFailure {
  private StartFailure() {}

  /** Rethrows what is a bug; everything else becomes an error that the user can act on. */
  public static UserError explain(Exception failure) {
    String message = String.valueOf(failure.getMessage());
    if (isPortInUse(failure)) {
      return new UserError(
          message
              + ". Another program listens there: end it, or choose another port"
              + (message.startsWith("admin ") ? " with --admin ADDR:PORT." : "."),
          failure);
    }
    if (mentions(failure, "permission denied")) {
      return new UserError(
          message + ". Ports below 1024 and foreign folders need more rights: choose another.",
          failure);
    }
    if (mentions(failure, "cannot assign requested address")) {
      return new UserError(
          message + ". This machine has no such address: use one of its own, or :PORT.", failure);
    }
    if (isUnknownHost(failure)) {
      return new UserError(
          message + ". The host name is not known here: check its spelling and the DNS.", failure);
    }
    if (failure instanceof RuntimeException bug) {
      throw bug;
    }
    return new UserError(message, failure);
  }

  static boolean isPortInUse(Throwable failure) {
    return mentions(failure, "address already in use");
  }

  private static boolean isUnknownHost(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  // The native transport and the JDK throw different types; both carry the words of the system.
  private static boolean mentions(Throwable failure, String words) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(words)) {
        return true;
      }
    }
    return false;
  }
}
