package io.fairlead.server.admin;

import io.fairlead.health.Hold;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done with a server, or with all servers of a pool.
 *
 * @param server null for all of the pool
 */
record ServerOrder(String pool, @Nullable String server, Verb verb) {
  private static final List<Verb> OF_POOLS = List.of(Verb.PAUSE, Verb.RESUME);

  /** What can be done. */
  enum Verb {
    DRAIN,
    PAUSE,
    RESUME,
    RECONNECT;

    /** What the server is to be; a reconnect changes nothing about that. */
    Hold hold() {
      return switch (this) {
        case DRAIN -> Hold.DRAINED;
        case PAUSE -> Hold.PAUSED;
        case RESUME, RECONNECT -> Hold.NONE;
      };
    }

    private static @Nullable Verb of(String name) {
      for (Verb verb : values()) {
        if (verb.name().toLowerCase(Locale.ROOT).equals(name)) {
          return verb;
        }
      }
      return null;
    }
  }

  ServerOrder(String pool, @Nullable String server, Verb verb) {
    this.pool = pool;
    this.server = server;
    this.verb = verb;
  }

  /** What a path of the form {@code /servers/POOL/SERVER/drain} says; null when it says nothing. */
  static @Nullable ServerOrder of(String path) {
    String[] parts = path.split("/", -1);
    Verb verb = Verb.of(parts[parts.length - 1]);
    if (verb == null || parts.length < 4) {
      return null;
    }
    boolean isOfServer =
        parts.length == 5 && (parts[1].equals("servers") || parts[1].equals("backends"));
    if (isOfServer) {
      return new ServerOrder(decoded(parts[2]), decoded(parts[3]), verb);
    }
    boolean isOfPool = parts.length == 4 && parts[1].equals("pools") && OF_POOLS.contains(verb);
    return isOfPool ? new ServerOrder(decoded(parts[2]), null, verb) : null;
  }

  /** The paths that say something of the server that a path seems to be about. */
  static List<String> pathsLike(String path) {
    int last = path.lastIndexOf('/');
    return Arrays.stream(Verb.values())
        .map(verb -> path.substring(0, last + 1) + verb.name().toLowerCase(Locale.ROOT))
        .filter(near -> of(near) != null)
        .toList();
  }

  /** A plus is a plus: it means a blank in queries only. */
  private static String decoded(String part) {
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }
}
