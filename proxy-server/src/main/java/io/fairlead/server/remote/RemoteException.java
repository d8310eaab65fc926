package io.fairlead.server.remote;

/** Why a proxy does not tell or do what it was asked; the message is a sentence for people. */
public final class RemoteException extends Exception {
  private static final long serialVersionUID = 1;

  RemoteException(String message) {
    super(message);
  }

  RemoteException(String message, Throwable cause) {
    super(message, cause);
  }
}
