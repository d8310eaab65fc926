package io.fairlead.placement;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.hashing.Distribution;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KetamaRing;
import io.fairlead.hashing.ModulaTable;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.hashing.RingPlacement;
import io.fairlead.hashing.RoutingKey;
import io.fairlead.hashing.SpareRing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which server of a pool has a key while all servers are up, and which one gets it when that server
 * is ejected. Servers are named by their index in the settings.
 */
public final class PoolPlacement {
  private final PoolSettings pool;
  private final Rule rule;
  private final List<RingMember> members;
  private final Placement placement;

  /** The placements without each server, made when first asked for. */
  private final @Nullable Placement[] spares;

  private @Nullable SpareRing spareRing;

  private PoolPlacement(PoolSettings pool) {
    this.pool = pool;
    this.rule = Rule.of(pool);
    this.members =
        pool.servers().stream()
            .map(server -> new RingMember(server.name(), server.weight()))
            .toList();
    this.placement = pool.placement().over(members, index -> true);
    this.spares = new Placement[members.size()];
  }

  public static PoolPlacement of(PoolSettings pool) {
    return new PoolPlacement(pool);
  }

  /** By what the server of a key is found. */
  public enum Rule {
    /** The pool has no server. */
    NONE,
    /** There is one server, and nothing to find. */
    ONLY,
    /** A point on the ketama ring. */
    RING,
    /** A slot of the modula table. */
    SLOT,
    /** A function of mcrouter, which has no points or slots. */
    FUNCTION,
    /** Any server, another one for each request. */
    ANY,
    /** Every server has every key. */
    EVERY;

    private static Rule of(PoolSettings pool) {
      if (pool.servers().size() < 2) {
        return pool.servers().isEmpty() ? NONE : ONLY;
      }
      if (pool.mode().hasReplicas()) {
        return EVERY;
      }
      return pool.placement() instanceof RingSettings ring ? of(ring) : FUNCTION;
    }

    private static Rule of(RingSettings ring) {
      return switch (ring.distribution()) {
        case KETAMA -> RING;
        case MODULA -> SLOT;
        case RANDOM -> ANY;
      };
    }
  }

  public PoolSettings pool() {
    return pool;
  }

  public Rule rule() {
    return rule;
  }

  /** Whether the hash of a key decides which server has it. */
  public boolean usesHash() {
    return hasPositions() || rule == Rule.FUNCTION;
  }

  /** Whether the hash of a key, which has 32 bits then, belongs to a point or a slot. */
  public boolean hasPositions() {
    return rule == Rule.RING || rule == Rule.SLOT;
  }

  public ServerSettings server(int index) {
    return pool.servers().get(index);
  }

  /** To which the share of a server is in proportion. */
  public double weight(int server) {
    return pool.placement().weight(server(server), server);
  }

  /** What {@link #serverOf} and {@link #spareOf} need of a key beside the key, as unsigned. */
  public long hash(byte[] key, int from, int length) {
    return placement.hash(key, from, length);
  }

  /** The part of a key that is hashed, to be taken apart by {@link HashTag}. */
  public long hashedPart(byte[] key, int from, int length) {
    return pool.placement() instanceof RingSettings ring
        ? ring.hasher().partOf(key, from, length)
        : RoutingKey.hashedPart(key, from, length);
  }

  /**
   * The server of a key with this hash; the first of those that have every key; -1 where there is
   * none, or where any may be asked.
   */
  public int serverOf(long hash, byte[] key, int from, int length) {
    return switch (rule) {
      case NONE, ANY -> -1;
      case ONLY, EVERY -> 0;
      case RING, SLOT, FUNCTION -> placement.serverOf(hash, key, from, length);
    };
  }

  /**
   * The server that gets the requests for a key with this hash while {@code ejected}, which owns
   * it, is out; -1 when they are answered with an error.
   */
  public int spareOf(long hash, byte[] key, int from, int length, int ejected) {
    if (rule == Rule.EVERY) {
      return ejected + 1 < members.size() ? ejected + 1 : -1;
    }
    if (!rehashes() || !usesHash() || ejected < 0) {
      return -1;
    }
    return rule == Rule.RING
        ? spareRing().serverOf((int) hash, ejected)
        : spare(ejected).serverOf(hash, key, from, length);
  }

  /** Whether other servers get the keys of one that is out. */
  public boolean rehashes() {
    EjectSettings eject = pool.eject();
    return eject.enabled() && eject.then() == WhileEjected.REHASH && pool.placement().canRehash();
  }

  /** The point or the slot that a hash belongs to, counted from 0; only where there are any. */
  public long positionOf(long hash) {
    Distribution distribution = distribution();
    return distribution instanceof KetamaRing ring
        ? ring.indexOf((int) hash)
        : ((ModulaTable) distribution).slotOf((int) hash);
  }

  /** How many points or slots there are; only where there are any. */
  public long positions() {
    Distribution distribution = distribution();
    return distribution instanceof KetamaRing ring
        ? ring.size()
        : ((ModulaTable) distribution).size();
  }

  /** The hash at which a point of the ring lies, to be read as unsigned; only on a ring. */
  public int pointAt(long position) {
    return ((KetamaRing) distribution()).pointAt((int) position);
  }

  /**
   * The part of all keys, 0 to 1, that a server has while all are up: of a ring as its points lie,
   * else as the weights promise; all of them where every server has every key.
   */
  public double shareOf(int server) {
    return switch (rule) {
      case NONE -> 0;
      case ONLY, EVERY -> 1;
      case ANY -> 1.0 / members.size();
      case RING -> ((KetamaRing) distribution()).shareOf(server);
      case SLOT, FUNCTION -> weight(server) / weights();
    };
  }

  /** What is divided by; never 0, because then every weight is. */
  private double weights() {
    double sum = 0;
    for (int server = 0; server < members.size(); server++) {
      sum += weight(server);
    }
    return sum == 0 ? 1 : sum;
  }

  /** How many points of the ring a server has; only on a ring. */
  public int pointsOf(int server) {
    return ((KetamaRing) distribution()).pointsOf(server);
  }

  private Distribution distribution() {
    return ((RingPlacement) placement).distribution();
  }

  private SpareRing spareRing() {
    SpareRing ring = spareRing;
    if (ring == null) {
      ring = SpareRing.over(members);
      spareRing = ring;
    }
    return ring;
  }

  private Placement spare(int ejected) {
    Placement rest = spares[ejected];
    if (rest == null) {
      rest = without(ejected);
      spares[ejected] = rest;
    }
    return rest;
  }

  /** The placement while a server is ejected. */
  Placement without(int ejected) {
    return pool.placement().over(members, index -> index != ejected);
  }
}
