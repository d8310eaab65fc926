package io.fairlead.server;

import io.fairlead.placement.KeyLines;
import io.fairlead.placement.KeyLines.KeySink;
import io.fairlead.server.command.FileName;
import io.fairlead.server.command.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a command is asked about: words of the command line, lines of a file or of a pipe.
 */
final class KeyInput {
  private static final String STANDARD_INPUT = "-";

  /** Java has decoded the words of the command line with this; it is no official property. */
  private static final Charset OF_WORDS =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private final List<String> words;
  private final @Nullable String file;
  private final InputStream standardInput;

  KeyInput(List<String> words, @Nullable String file, InputStream standardInput) {
    this.words = words;
    this.file = file;
    this.standardInput = standardInput;
  }

  boolean isEmpty() {
    return words.isEmpty() && file == null;
  }

  /** Tells every key to {@code sink}; ends early when nobody reads what that writes. */
  void read(KeySink sink) throws UserError {
    try {
      if (file == null) {
        readWords(sink);
      } else if (file.equals(STANDARD_INPUT)) {
        KeyLines.read(standardInput, sink);
      } else {
        readFile(path(file), sink);
      }
    } catch (IOException e) {
      requireGone(e);
    }
  }

  /** A reader that has seen enough (as {@code head} does) is no failure, anything else is. */
  static void requireGone(IOException e) throws UserError {
    String message = String.valueOf(e.getMessage());
    if (!message.toLowerCase(Locale.ROOT).contains("broken pipe")) {
      throw new UserError("reading keys or writing the result failed: " + message + ".", e);
    }
  }

  private void readWords(KeySink sink) throws IOException, UserError {
    for (String word : words) {
      byte[] key = bytes(word);
      sink.accept(key, 0, key.length);
    }
  }

  private static Path path(String file) throws UserError {
    Path path = FileName.parse(file);
    if (path == null) {
      throw new UserError("--file: " + FileName.UNKNOWN_CHARACTERS);
    }
    return path;
  }

  private static void readFile(Path path, KeySink sink) throws IOException, UserError {
    if (Files.isDirectory(path)) {
      throw new UserError(path + " is a directory (expected: a file with one key on each line).");
    }
    try (InputStream lines = Files.newInputStream(path)) {
      KeyLines.read(lines, sink);
    } catch (NoSuchFileException e) {
      throw new UserError(path + ": no such file (expected: one key on each line).", e);
    } catch (AccessDeniedException e) {
      throw new UserError(path + ": permission denied (expected: a file that can be read).", e);
    }
  }

  /** The bytes that the shell passed, which another key must not replace silently. */
  private static byte[] bytes(String word) throws UserError {
    try {
      if (word.indexOf('\ufffd') < 0) {
        ByteBuffer encoded = OF_WORDS.newEncoder().encode(CharBuffer.wrap(word));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
      }
    } catch (CharacterCodingException e) {
      throw unreadable(e);
    }
    throw unreadable(null);
  }

  private static UserError unreadable(@Nullable Throwable cause) {
    return new UserError(
        "a key has characters that the locale (LANG) does not know: set it to C.UTF-8,"
            + " or pass the key with --file -.",
        cause);
  }
}
