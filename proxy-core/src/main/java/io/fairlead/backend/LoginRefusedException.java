package io.fairlead.backend;

import java.io.IOException;

/** A server did not accept the name and password of the proxy. */
public final class LoginRefusedException extends IOException {
  private static final long serialVersionUID = 1;

  public LoginRefusedException() {
    super("authentication was refused");
  }
}
