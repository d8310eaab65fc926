package io.fairlead.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A file that TLS needs is not what it should be; the message says which and what is expected. */
public final class TlsFileException extends IOException {
  private static final long serialVersionUID = 1;

  TlsFileException(Path file, String expected) {
    super(file + ": (expected: " + expected + ")");
  }
}
