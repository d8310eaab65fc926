package io.fairlead.server.client;

import java.io.IOException;

/** A server could not be asked; the message is the rest of a sentence that begins with its name. */
public final class ServerException extends IOException {
  private static final long serialVersionUID = 1;

  /** One of which nothing else is known. */
  public ServerException(String message) {
    super(message);
  }

  /** One that another failure has brought about. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
