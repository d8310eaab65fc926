package io.fairlead.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What is kept in place of a password: PBKDF2 with HMAC-SHA256, in the form of passlib, {@code
 * $pbkdf2-sha256$ITERATIONS$SALT$HASH}.
 *
 * <p>Of the bytes of a password, as they come over the wire, and not of characters: Java's own
 * PBKDF2 takes characters, of which bytes that are no UTF-8 would all become the same one.
 */
public final class PasswordHash {
  /** A guess costs about this many times two blocks of SHA-256: some tens of milliseconds. */
  public static final int USUAL_ITERATIONS = 100_000;

  public static final int LEAST_ITERATIONS = 1_000;
  public static final int MOST_ITERATIONS = 10_000_000;

  /** What a hash begins with. */
  static final String PREFIX = "$pbkdf2-sha256$";

  private static final String ALGORITHM = "HmacSHA256";
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final Pattern FORM =
      Pattern.compile("\\$pbkdf2-sha256\\$([1-9][0-9]{0,8})\\$([A-Za-z0-9+./]+=*)\\$([^$]+)");

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** The hash of a password, with a salt of its own. */
  public static PasswordHash of(byte[] password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations));
  }

  /**
   * Reads what {@link #format} has written.
   *
   * @throws IllegalArgumentException when it is none, without repeating it
   */
  static PasswordHash parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("no hash of the form " + PREFIX + "ITERATIONS$SALT$HASH");
    }
    int iterations = Integer.parseInt(form.group(1));
    if (iterations < LEAST_ITERATIONS || iterations > MOST_ITERATIONS) {
      throw new IllegalArgumentException(
          "a hash with less than "
              + LEAST_ITERATIONS
              + " or more than "
              + MOST_ITERATIONS
              + " iterations");
    }
    byte[] hash = decode(form.group(3));
    if (hash.length != HASH_BYTES) {
      throw new IllegalArgumentException("a hash that is not complete");
    }
    return new PasswordHash(iterations, decode(form.group(2)), hash);
  }

  /** The line of a file of users is a name, a colon and this. */
  public String format() {
    return PREFIX + iterations + "$" + encode(salt) + "$" + encode(hash);
  }

  int iterations() {
    return iterations;
  }

  boolean matches(byte[] password) {
    return MessageDigest.isEqual(derive(password, salt, iterations), hash);
  }

  /** Takes as long as to match a password against hashes with so many iterations. */
  static void spend(byte[] password, long iterations) {
    if (iterations > 0) {
      derive(password, new byte[SALT_BYTES], iterations);
    }
  }

  /** One block of PBKDF2 is all of a hash that is as long as that of SHA-256. */
  private static byte[] derive(byte[] password, byte[] salt, long iterations) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(password, ALGORITHM));
      mac.update(salt);
      mac.update(new byte[] {0, 0, 0, 1});
      byte[] block = mac.doFinal();
      byte[] result = block.clone();
      for (long i = 1; i < iterations; i++) {
        mac.update(block);
        mac.doFinal(block, 0);
        for (int at = 0; at < HASH_BYTES; at++) {
          result[at] ^= block[at];
        }
      }
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** As passlib does: a dot in place of a plus, and no padding. */
  private static String encode(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes).replace('+', '.');
  }

  @SuppressWarnings("UnusedException") // its message repeats what it was given
  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text.replace('.', '+'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a hash that is not base64");
    }
  }

  @Override
  public String toString() {
    return "a hash with " + iterations + " iterations";
  }
}
