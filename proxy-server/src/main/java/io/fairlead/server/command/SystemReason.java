package io.fairlead.server.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in the words of the system. */
public final class SystemReason {
  private SystemReason() {}

  /** What the system said; Java gives nothing but the name of the file for the usual cases. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    return e instanceof AccessDeniedException
        ? "Permission denied"
        : String.valueOf(e.getMessage());
  }
}
