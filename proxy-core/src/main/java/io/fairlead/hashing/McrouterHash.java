package io.fairlead.hashing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The hash functions of mcrouter, each of them a whole placement: there is no ring.
 *
 * <p>All hash the part of a key before {@code |#|} and a salt behind it, and give mcrouter's index
 * bit for bit.
 */
public enum McrouterHash {
  /** By the position in the list; one server more at its end moves few keys, other changes most. */
  CH3("Ch3") {
    @Override
    Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
      return new Ch3Placement(salt, tags.size());
    }
  },

  /** The same with weights. */
  WEIGHTED_CH3("WeightedCh3") {
    @Override
    Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
      return new WeightedCh3Placement(salt, weights);
    }
  },

  /** A checksum modulo the number of servers; any change of that moves most keys. */
  CRC32("Crc32") {
    @Override
    Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
      return new Crc32Placement(salt, tags.size());
    }
  },

  /** By the index that the key names itself. */
  CONST_SHARD("ConstShard") {
    @Override
    Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
      return new ConstShardPlacement(salt, tags.size());
    }
  },

  /** By the tags of the servers, whose order does not count; no change moves more than it must. */
  RENDEZVOUS("Rendezvous") {
    @Override
    Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
      return RendezvousPlacement.over(salt, tags, live);
    }
  },

  /** The same with weights. */
  WEIGHTED_RENDEZVOUS("WeightedRendezvous") {
    @Override
    Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live) {
      return RendezvousPlacement.weighted(salt, tags, weights, live);
    }
  };

  private final String mcrouterName;
  private final String configName = name().toLowerCase(Locale.ROOT);

  McrouterHash(String mcrouterName) {
    this.mcrouterName = mcrouterName;
  }

  /** The function that mcrouter's configuration calls {@code mcrouterName}; case counts. */
  public static Optional<McrouterHash> ofMcrouter(String mcrouterName) {
    return Arrays.stream(values())
        .filter(hash -> hash.mcrouterName.equals(mcrouterName))
        .findFirst();
  }

  /** The name in mcrouter's configuration, such as {@code WeightedCh3}. */
  public String mcrouterName() {
    return mcrouterName;
  }

  /** The name in our own configuration files, such as {@code weighted_ch3}. */
  public String configName() {
    return configName;
  }

  /** Whether servers may have weights, from 0 to 1. */
  public boolean isWeighted() {
    return this == WEIGHTED_CH3 || this == WEIGHTED_RENDEZVOUS;
  }

  /** Whether the tags of the servers count, and not their positions. */
  public boolean usesTags() {
    return this == RENDEZVOUS || this == WEIGHTED_RENDEZVOUS;
  }

  /**
   * The placement over servers with these tags and weights, as many of the one as of the other; for
   * one thread.
   *
   * @param live the indexes of the servers that take keys. Only where tags are used the keys of the
   *     others get another server; elsewhere no key moves, whatever this says.
   */
  public Placement over(String salt, List<String> tags, List<Double> weights, IntPredicate live) {
    return over(salt.getBytes(StandardCharsets.UTF_8), tags, weights, live);
  }

  abstract Placement over(byte[] salt, List<String> tags, List<Double> weights, IntPredicate live);
}
