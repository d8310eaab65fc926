package io.fairlead.discovery;

import io.fairlead.config.SourcePlace;
import io.fairlead.config.SourceSettings;

/** Makes sources of each kind. */
final class Sources {
  private final DnsChannels channels;
  private final Resolver resolver;

  private final DiscoveryPlaces places;

  Sources(DnsChannels channels, Resolver resolver, DiscoveryPlaces places) {
    this.channels = channels;
    this.resolver = resolver;
    this.places = places;
  }

  Source source(SourceSettings settings, Source.Listener listener) {
    SourcePlace place = settings.place();
    if (place instanceof SourcePlace.Dns dns) {
      return DnsSource.addresses(dns, resolver, channels.loop(), listener);
    }
    if (place instanceof SourcePlace.Srv srv) {
      return DnsSource.services(srv, settings.identity(), resolver, channels.loop(), listener);
    }
    if (place instanceof SourcePlace.ServerFile file) {
      return new FileSource(file.path(), settings.identity(), channels.loop(), listener);
    }
    if (place instanceof SourcePlace.Kubernetes service) {
      return new KubernetesSource(
          service,
          settings.identity(),
          ResolvConf.read(places.resolvConf()).clusterDomain(),
          new KubernetesApi(
              places.kubernetesApi(), places.serviceAccount(), KubernetesApi.ANSWER_TIMEOUT),
          channels.loop(),
          listener);
    }
    SourcePlace.ElastiCache cluster = (SourcePlace.ElastiCache) place;
    return new ElastiCacheSource(cluster, settings.identity(), resolver, channels, listener);
  }
}
