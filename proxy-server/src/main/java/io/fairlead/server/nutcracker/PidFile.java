package io.fairlead.server.nutcracker;

import io.fairlead.server.command.SystemReason;
import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file that holds the number of this process while it runs. */
final class PidFile implements AutoCloseable {
  private final Path file;

  private PidFile(Path file) {
    this.file = file;
  }

  static PidFile write(Path file) throws UserError {
    try {
      Files.writeString(file, Long.toString(ProcessHandle.current().pid()));
      return new PidFile(file);
    } catch (IOException e) {
      throw new UserError("opening pid file '" + file + "' failed: " + SystemReason.of(e), e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // The process has ended all the same, and the next one overwrites the file.
    }
  }
}
