package io.fairlead.placement;

import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ServerSettings;
import io.fairlead.hashing.Distribution;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KetamaRing;
import io.fairlead.hashing.KeyHasher;
import io.fairlead.hashing.ModulaTable;
import io.fairlead.hashing.RingMember;
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
  private final KeyHasher hasher;
  private final Distribution distribution;

  /** The slots without each server, made when first asked for. */
  private final @Nullable Distribution[] spareSlots;

  private @Nullable SpareRing spareRing;

  private PoolPlacement(PoolSettings pool) {
    this.pool = pool;
    this.rule = Rule.of(pool);
    this.members =
        pool.servers().stream()
            .map(server -> new RingMember(server.name(), server.weight()))
            .toList();
    this.hasher = pool.placement().hasher();
    this.distribution = pool.placement().distribution().over(members, index -> true);
    this.spareSlots = new Distribution[members.size()];
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
    /** Any server, another one for each request. */
    ANY,
    /** Every server has every key. */
    EVERY;

    private static Rule of(PoolSettings pool) {
      if (pool.servers().size() < 2) {
        return pool.servers().isEmpty() ? NONE : ONLY;
      }
      if (pool.mode() == Mode.REPLICATED) {
        return EVERY;
      }
      return switch (pool.placement().distribution()) {
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
    return rule == Rule.RING || rule == Rule.SLOT;
  }

  public ServerSettings server(int index) {
    return pool.servers().get(index);
  }

  /** The hash of a key, to be read as unsigned. */
  public int hash(byte[] key, int from, int length) {
    return hasher.hash(key, from, length);
  }

  /** The part of a key that is hashed, to be taken apart by {@link HashTag}. */
  public long hashedPart(byte[] key, int from, int length) {
    return hasher.partOf(key, from, length);
  }

  /**
   * The server of a hash; the first of those that have every key; -1 where there is none, or where
   * any may be asked.
   */
  public int serverOf(int hash) {
    return switch (rule) {
      case NONE, ANY -> -1;
      case ONLY, EVERY -> 0;
      case RING, SLOT -> distribution.serverOf(hash);
    };
  }

  /**
   * The server that gets the requests for a hash while {@code ejected}, which owns it, is out; -1
   * when they are answered with an error.
   */
  public int spareOf(int hash, int ejected) {
    if (rule == Rule.EVERY) {
      return ejected + 1 < members.size() ? ejected + 1 : -1;
    }
    EjectSettings eject = pool.eject();
    boolean moves = eject.enabled() && eject.then() == WhileEjected.REHASH;
    if (!moves || !usesHash() || ejected < 0) {
      return -1;
    }
    return rule == Rule.RING
        ? spareRing().serverOf(hash, ejected)
        : spareSlots(ejected).serverOf(hash);
  }

  /** The point or the slot that a hash belongs to, counted from 0; only where the hash is used. */
  public long positionOf(int hash) {
    return distribution instanceof KetamaRing ring
        ? ring.indexOf(hash)
        : ((ModulaTable) distribution).slotOf(hash);
  }

  /** How many points or slots there are; only where the hash is used. */
  public long positions() {
    return distribution instanceof KetamaRing ring
        ? ring.size()
        : ((ModulaTable) distribution).size();
  }

  /** The hash at which a point of the ring lies, to be read as unsigned; only on a ring. */
  public int pointAt(long position) {
    return ((KetamaRing) distribution).pointAt((int) position);
  }

  /** How many points of the ring a server has; only on a ring. */
  public int pointsOf(int server) {
    return ((KetamaRing) distribution).pointsOf(server);
  }

  private SpareRing spareRing() {
    SpareRing ring = spareRing;
    if (ring == null) {
      ring = SpareRing.over(members);
      spareRing = ring;
    }
    return ring;
  }

  private Distribution spareSlots(int ejected) {
    Distribution slots = spareSlots[ejected];
    if (slots == null) {
      slots = without(ejected);
      spareSlots[ejected] = slots;
    }
    return slots;
  }

  /** The distribution while a server is ejected. */
  Distribution without(int ejected) {
    return pool.placement().distribution().over(members, index -> index != ejected);
  }
}
