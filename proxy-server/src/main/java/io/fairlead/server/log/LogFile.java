package io.fairlead.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.server.command.SystemReason;
import io.fairlead.server.command.UserError;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that takes what would go to standard error: the log, and traces of what went wrong. */
public final class LogFile {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private static final AtomicLong FAILURES = new AtomicLong();

  private final Path file;

  private LogFile(Path file) {
    this.file = file;
  }

  /** Appends to {@code file} from now on. */
  public static LogFile open(Path file) throws UserError {
    LogFile log = new LogFile(file);
    try {
      log.redirect();
      return log;
    } catch (IOException e) {
      throw new UserError("opening log file '" + file + "' failed: " + SystemReason.of(e), e);
    }
  }

  /** Goes on in a new file of that name, after someone has moved the old one away. */
  public synchronized void reopen() {
    PrintStream old = System.err;
    try {
      redirect();
      old.close();
    } catch (IOException e) {
      LOG.atError().addKeyValue("file", file).addKeyValue("cause", e).log("log not reopened");
    }
  }

  // The log asks for System.err each time it writes.
  private void redirect() throws IOException {
    OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    System.setErr(new PrintStream(new Counted(out), true, UTF_8));
  }

  /** How often something could not be written to such a file, as when the disk is full. */
  static long failures() {
    return FAILURES.get();
  }

  /** A stream that goes on where another would be broken for good. */
  private static final class Counted extends FilterOutputStream {
    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      try {
        out.write(bytes, from, length);
      } catch (IOException e) {
        FAILURES.incrementAndGet();
      }
    }
  }
}
