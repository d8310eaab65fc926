package io.fairlead.config;

import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.hashing.KeyBytes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said about a file from outside of it.
 *
 * @param admin replaces what the file says, or does not say, about the admin port; null to keep it
 * @param foreign for a file that has no words for it, such as a nutcracker.yml
 * @param mcrouter for a file of mcrouter
 */
public record LoadOptions(@Nullable Admin admin, Foreign foreign, Mcrouter mcrouter) {
  /** The file decides everything. */
  public static final LoadOptions NONE = new LoadOptions(null, Foreign.DEFAULT);

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public LoadOptions(@Nullable Admin admin, Foreign foreign, Mcrouter mcrouter) {
    this.admin = admin;
    this.foreign = foreign;
    this.mcrouter = mcrouter;
  }

  /** With nothing special for a file of mcrouter. */
  public LoadOptions(@Nullable Admin admin, Foreign foreign) {
    this(admin, foreign, Mcrouter.DEFAULT);
  }

  /**
   * What a file of mcrouter does not say.
   *
   * @param listen where clients connect
   * @param routePrefix the routing prefix of keys that have none
   * @param asMcrouter what is done as mcrouter does it, and not better
   */
  public record Mcrouter(List<Address> listen, String routePrefix, Set<Correction> asMcrouter) {
    public static final Mcrouter DEFAULT =
        new Mcrouter(List.of(ListenerSettings.DEFAULT_ADDRESS), "/././");

    public Mcrouter {
      listen = List.copyOf(listen);
      asMcrouter = Set.copyOf(asMcrouter);
    }

    /** With every correction. */
    public Mcrouter(List<Address> listen, String routePrefix) {
      this(listen, routePrefix, Set.of());
    }
  }

  /**
   * Where the admin port is.
   *
   * @param address null for nowhere
   */
  public record Admin(Address.@Nullable Tcp address) {
    public Admin(Address.@Nullable Tcp address) {
      this.address = address;
    }
  }

  /**
   * What every listener and every pool of a foreign file gets.
   *
   * @param skipRedisPools whether pools that speak Redis are left out, and not refused
   */
  public record Foreign(
      ParseError onParseError,
      MultigetFailure multigetFailure,
      ErrorText errorText,
      KeyBytes keyBytes,
      boolean skipRedisPools) {
    /** What memcached does, and what keeps most of an answer. */
    public static final Foreign DEFAULT =
        new Foreign(
            ParseError.ANSWER, MultigetFailure.PARTIAL, ErrorText.NATIVE, KeyBytes.SIGNED, false);
  }
}
