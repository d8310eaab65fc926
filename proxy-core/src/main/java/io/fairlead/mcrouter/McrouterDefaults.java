package io.fairlead.mcrouter;

import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.Correction;
import io.fairlead.config.KeepaliveSettings;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import io.fairlead.config.route.ShadowSettings.Shadow;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What mcrouter is told on its command line, as far as it has a bearing on what a configuration
 * means.
 *
 * @param routePrefix that of keys without one
 * @param unknownPrefixIsUsual whether keys with a prefix that has no route go where those without
 *     one go
 * @param timeouts to servers
 * @param health when servers get no requests
 * @param replies what clients are told
 * @param bigValues how large values are stored
 * @param asMcrouter what is done as mcrouter does it, and not better
 * @param hostId the number of this machine, by which some routes choose
 * @param parameters of macros: a {@link Long} or a {@link String} each
 * @param connection how connections to servers are kept, with the TLS that is spoken with those of
 *     pools that ask for it
 * @param shadows how many copies of requests may be under way to each shadow
 */
public record McrouterDefaults(
    String routePrefix,
    boolean unknownPrefixIsUsual,
    Timeouts timeouts,
    Health health,
    Replies replies,
    BigValues bigValues,
    Set<Correction> asMcrouter,
    long hostId,
    Map<String, Object> parameters,
    ConnectionSettings connection,
    int shadows) {
  /**
   * mcrouter closes what is not used for a minute, has the kernel probe nothing, and has servers
   * prove nothing.
   */
  private static final ConnectionSettings USUAL_CONNECTION =
      new ConnectionSettings(KeepaliveSettings.OFF, Duration.ofMinutes(1), 0)
          .withTls(ServerTlsSettings.DEFAULT.withCheck(ServerCheck.NONE));

  /** What mcrouter does unless told otherwise. */
  public static final McrouterDefaults DEFAULT =
      new McrouterDefaults(
          "/././",
          false,
          Timeouts.DEFAULT,
          Health.DEFAULT,
          Replies.DEFAULT,
          new BigValues(0, 10),
          Set.of(),
          0,
          Map.of(),
          USUAL_CONNECTION,
          Shadow.MOST_IN_FLIGHT);

  public McrouterDefaults {
    asMcrouter = Set.copyOf(asMcrouter);
    parameters = Map.copyOf(parameters);
  }

  /** Whether something is done better than mcrouter does it. */
  boolean isCorrected(Correction correction) {
    return !asMcrouter.contains(correction);
  }

  /** The same for keys that go elsewhere when they have no prefix. */
  public McrouterDefaults withRoutePrefix(String prefix) {
    return new McrouterDefaults(
        prefix,
        unknownPrefixIsUsual,
        timeouts,
        health,
        replies,
        bigValues,
        asMcrouter,
        hostId,
        parameters,
        connection,
        shadows);
  }

  /** The same without some corrections. */
  public McrouterDefaults asMcrouter(Set<Correction> undone) {
    return new McrouterDefaults(
        routePrefix,
        unknownPrefixIsUsual,
        timeouts,
        health,
        replies,
        bigValues,
        undone,
        hostId,
        parameters,
        connection,
        shadows);
  }

  /** The same on another machine. */
  public McrouterDefaults onHost(long otherHostId) {
    return new McrouterDefaults(
        routePrefix,
        unknownPrefixIsUsual,
        timeouts,
        health,
        replies,
        bigValues,
        asMcrouter,
        otherHostId,
        parameters,
        connection,
        shadows);
  }

  /**
   * How long servers may take.
   *
   * @param server where a pool says nothing
   * @param withinCluster for pools of the usual cluster; zero for {@code server}
   * @param crossCluster for pools of another cluster of the usual region; zero for {@code server}
   * @param crossRegion for pools of another region; zero for {@code server}
   */
  public record Timeouts(
      Duration server, Duration withinCluster, Duration crossCluster, Duration crossRegion) {
    static final Timeouts DEFAULT =
        new Timeouts(Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  /**
   * When a server gets no requests.
   *
   * @param ejects whether there is such a time at all
   * @param failures in a row that begin it
   * @param firstProbe from its beginning to the first attempt to end it
   * @param longestProbe between two attempts
   */
  public record Health(boolean ejects, int failures, Duration firstProbe, Duration longestProbe) {
    /**
     * Retries sooner than mcrouter, which waits for ten seconds and more before the first attempt.
     */
    static final Health DEFAULT =
        new Health(true, 3, Duration.ofMillis(250), Duration.ofSeconds(10));
  }

  /**
   * What clients are told.
   *
   * @param errorsAreMisses whether a get whose server fails is answered as a miss
   * @param spoolDeletes whether deletes that cannot be delivered are kept, and answered as if there
   *     had been nothing to delete
   * @param arithmeticErrorsAreMisses whether an incr or decr whose server fails is answered as if
   *     there were no such counter
   * @param errorsAreGrouped whether every error has the same words
   * @param onlyGets whether everything else is answered as if nothing had been done
   */
  public record Replies(
      boolean errorsAreMisses,
      boolean spoolDeletes,
      boolean arithmeticErrorsAreMisses,
      boolean errorsAreGrouped,
      boolean onlyGets) {
    static final Replies DEFAULT = new Replies(true, true, true, false, false);
  }

  /**
   * How large values are stored.
   *
   * @param threshold the largest that is stored whole; 0 for all
   * @param batch pieces that are fetched at once; 0 for all
   */
  public record BigValues(int threshold, int batch) {}
}
