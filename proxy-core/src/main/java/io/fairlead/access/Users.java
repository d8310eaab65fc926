package io.fairlead.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Names and the hashes of their passwords, as one version of a file has them. */
final class Users {
  /*
   * A wrong password costs the same for every name, known or not: what hashes of a name do not take
   * of the time of the costliest name is spent all the same.
   *
   * When a proxy starts again, all of its clients come at once, most of them with the same few
   * passwords. So a password that has matched is remembered as a message authentication code, under
   * a key that only this object has, and is known from then on without all the iterations.
   */
  private static final String ALGORITHM = "HmacSHA256";

  private final Map<String, List<User>> byName = new LinkedHashMap<>();
  private final SecretKeySpec key;
  private long costliest;

  /** One password of a name. */
  private static final class User {
    private final PasswordHash hash;
    private volatile byte @Nullable [] proven;

    private User(PasswordHash hash) {
      this.hash = hash;
    }
  }

  private Users() {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    key = new SecretKeySpec(random, ALGORITHM);
  }

  /**
   * Reads the content of a file: lines {@code name:hash}, empty ones, and comments.
   *
   * @throws IllegalArgumentException with what is wrong and in which line
   */
  static Users parse(String content) {
    Users users = new Users();
    int number = 0;
    for (String line : content.split("\\R", -1)) {
      number++;
      try {
        users.read(line.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    if (users.byName.isEmpty()) {
      throw new IllegalArgumentException(
          "names nobody (expected: lines name:hash, as fairlead hash-password --name NAME prints"
              + " them)");
    }
    return users;
  }

  private void read(String line) {
    if (line.isEmpty() || line.startsWith("#")) {
      return;
    }
    int colon = line.indexOf(':');
    String name = colon < 0 ? "" : line.substring(0, colon);
    if (!isName(name)) {
      throw new IllegalArgumentException(
          "no name before a colon (expected: name:hash; a name is printable ASCII without spaces)");
    }
    String text = line.substring(colon + 1).strip();
    if (!text.startsWith(PasswordHash.PREFIX)) {
      throw new IllegalArgumentException(
          "a password that is not hashed (expected: the line that fairlead hash-password --name"
              + " NAME prints)");
    }
    PasswordHash hash = PasswordHash.parse(text);
    List<User> entries = byName.computeIfAbsent(name, each -> new ArrayList<>());
    entries.add(new User(hash));
    costliest = Math.max(costliest, cost(entries));
  }

  /** Whether a name may stand in a file. */
  static boolean isName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
  }

  private static long cost(List<User> entries) {
    return entries.stream().mapToLong(user -> user.hash.iterations()).sum();
  }

  int size() {
    return byName.values().stream().mapToInt(List::size).sum();
  }

  /** Whether a name has this password; takes long when not. */
  boolean accepts(String name, byte[] password) {
    List<User> entries = byName.getOrDefault(name, List.of());
    byte[] proof = proof(password);
    for (User user : entries) {
      byte[] proven = user.proven;
      if (proven != null && MessageDigest.isEqual(proven, proof)) {
        return true;
      }
    }
    boolean accepted = false;
    for (User user : entries) {
      if (user.hash.matches(password)) {
        user.proven = proof;
        accepted = true;
      }
    }
    PasswordHash.spend(password, costliest - cost(entries));
    return accepted;
  }

  private byte[] proof(byte[] password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(password);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
