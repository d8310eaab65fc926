package io.fairlead.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The token by which those are known who may change something at the admin port, from a file that
 * is read again each time it is asked about, which is rare.
 */
public final class AdminToken {
  private static final int LEAST_CHARACTERS = 16;
  private static final int MOST_CHARACTERS = 1024;

  private final Watched<byte[]> file;

  /** The digest of the token, so that a comparison takes the same time for every length. */
  private static final class Digested extends Watched<byte[]> {
    Digested(Path path) {
      super(path);
    }

    @Override
    byte[] parse(byte[] content) {
      String token = new String(content, US_ASCII).strip();
      boolean isPrintable = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
      if (token.length() < LEAST_CHARACTERS || token.length() > MOST_CHARACTERS || !isPrintable) {
        throw new IllegalArgumentException(
            "no token (expected: one line of "
                + LEAST_CHARACTERS
                + " to "
                + MOST_CHARACTERS
                + " characters without blanks, as of: openssl rand -hex 32)");
      }
      return digest(token);
    }
  }

  /**
   * Reads it for the first time.
   *
   * @throws IllegalArgumentException when the file cannot be used, with a message that says why
   */
  public AdminToken(Path path) {
    file = new Digested(path);
    file.warnIfReadable();
  }

  /** Whether it is the token; when the file is broken, whether it is the one from before. */
  public synchronized boolean is(String given) {
    file.refresh();
    return MessageDigest.isEqual(file.present(), digest(given));
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
