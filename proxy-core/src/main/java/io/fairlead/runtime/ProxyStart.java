package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.discovery.DiscoveryPlaces;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy starts with.
 *
 * @param introspections makes what answers questions of clients about the proxy, for listeners that
 *     have that switched on; null for nothing
 * @param sockets those of the process before this one, which shares them until it has let go of
 *     them
 * @param lookUpAt where servers and host names are looked up
 * @param loopRule when the number of event loops changes that take clients, where it may
 */
public record ProxyStart(
    ProxySettings settings,
    @Nullable Introspections introspections,
    GivenSockets sockets,
    DiscoveryPlaces lookUpAt,
    LoopRule loopRule) {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ProxyStart(
      ProxySettings settings,
      @Nullable Introspections introspections,
      GivenSockets sockets,
      DiscoveryPlaces lookUpAt,
      LoopRule loopRule) {
    this.settings = settings;
    this.introspections = introspections;
    this.sockets = sockets;
    this.lookUpAt = lookUpAt;
    this.loopRule = loopRule;
  }

  /** With nothing but settings. */
  public static ProxyStart with(ProxySettings settings) {
    return new ProxyStart(
        settings, null, new GivenSockets(), DiscoveryPlaces.ofThisMachine(), LoopRule.USUAL);
  }

  public ProxyStart answeringBy(@Nullable Introspections answers) {
    return new ProxyStart(settings, answers, sockets, lookUpAt, loopRule);
  }

  public ProxyStart goingOnWith(GivenSockets given) {
    return new ProxyStart(settings, introspections, given, lookUpAt, loopRule);
  }

  public ProxyStart lookingUpAt(DiscoveryPlaces places) {
    return new ProxyStart(settings, introspections, sockets, places, loopRule);
  }

  public ProxyStart countingLoopsBy(LoopRule rule) {
    return new ProxyStart(settings, introspections, sockets, lookUpAt, rule);
  }
}
