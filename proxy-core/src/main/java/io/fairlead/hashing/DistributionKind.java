package io.fairlead.hashing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The rule by which key hashes are spread over servers. */
public enum DistributionKind {
  /** A ring of points; when a server leaves, its keys move and few others do. */
  KETAMA {
    @Override
    Distribution overMany(List<RingMember> members, IntPredicate live) {
      return KetamaRing.over(members, live);
    }
  },

  /** The hash modulo the sum of the weights; when a server leaves, most keys move. */
  MODULA {
    @Override
    Distribution overMany(List<RingMember> members, IntPredicate live) {
      return ModulaTable.over(members, live);
    }
  },

  /** Any server for any key, each as likely as the others; only for servers with equal content. */
  RANDOM {
    @Override
    Distribution overMany(List<RingMember> members, IntPredicate live) {
      return RandomChoice.over(members, live);
    }
  };

  private final String configName = name().toLowerCase(Locale.ROOT);

  /** The kind that a configuration file calls {@code configName}; case counts. */
  public static Optional<DistributionKind> named(String configName) {
    return Arrays.stream(values()).filter(kind -> kind.configName.equals(configName)).findFirst();
  }

  /** The name in configuration files, such as {@code ketama}. */
  public String configName() {
    return configName;
  }

  /**
   * The distribution over those of {@code members} whose index is {@code live}.
   *
   * <p>The members are in the order of the configuration, which has no influence on placement.
   */
  public Distribution over(List<RingMember> members, IntPredicate live) {
    return members.size() == 1 ? new SoleServer(live.test(0) ? 0 : -1) : overMany(members, live);
  }

  abstract Distribution overMany(List<RingMember> members, IntPredicate live);
}
