package io.fairlead.server.admin;

import io.fairlead.discovery.SourceStatus;
import io.fairlead.metrics.SpoolCounter;
import io.fairlead.metrics.SpoolStats;
import io.fairlead.tls.KeyringStatus;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What holds for the process: its configuration, its files, and where keys have their place. */
final class ProcessMetrics {
  private static final double MILLIS = 1000;

  private final Families families;

  private ProcessMetrics(Families families) {
    this.families = families;
  }

  static void addTo(
      Families families, ProxyReadings readings, @Nullable Reloading config, String version) {
    ProcessMetrics metrics = new ProcessMetrics(families);
    families.info("build", "the version of Fairlead", rows -> rows.add(1, "version", version));
    if (config != null) {
      metrics.addConfig(config.status());
    }
    metrics.addPools(readings.poolFacts().get());
    metrics.addCertificates(readings.certificates().get());
    metrics.addSources(readings.sources().get());
    SpoolStats spool = readings.spool().get();
    if (spool != null) {
      metrics.addSpool(spool);
    }
  }

  private void addConfig(ConfigStatus status) {
    families.info(
        "config",
        "the MD5 of the configuration file in use",
        rows -> rows.add(1, "hash", status.hash()));
    families.counter(
        "config_reloads",
        "attempts to read the configuration again",
        rows -> {
          rows.add(status.successes(), "result", "success");
          rows.add(status.failures(), "result", "failure");
        });
    families.gauge(
        "config_last_reload_successful",
        "whether the last attempt to read the configuration succeeded",
        rows -> rows.add(status.isInUse() ? 1 : 0));
    families.gauge(
        "config_last_reload_success_timestamp_seconds",
        "when the configuration in use was read",
        rows -> rows.add(status.loadedAt().toEpochMilli() / MILLIS));
  }

  private void addPools(List<PoolFacts> pools) {
    families.info(
        "ring",
        "the same fingerprint wherever all keys of the pool have the same places",
        rows ->
            pools.forEach(
                pool -> rows.add(1, "pool", pool.pool(), "fingerprint", pool.fingerprint())));
    families.gauge(
        "panic",
        "1 while too few backends of the pool are healthy",
        rows -> pools.forEach(pool -> rows.add(pool.inPanic() ? 1 : 0, "pool", pool.pool())));
  }

  private void addCertificates(KeyringStatus keyring) {
    families.counter(
        "certificate_renewals",
        "attempts to read certificates again whose files have changed",
        rows -> {
          rows.add(keyring.renewals(), "result", "success");
          rows.add(keyring.failures(), "result", "failure");
        });
    families.gauge(
        "certificate_expiry_timestamp_seconds",
        "until when a certificate is good, since 1970",
        rows ->
            keyring
                .certificates()
                .forEach(
                    each ->
                        rows.add(
                            each.expires().getEpochSecond(),
                            "file",
                            each.file().toString(),
                            "subject",
                            each.subject())));
  }

  /** Also what only grows is a gauge, as a source that comes back begins anew. */
  private void addSources(List<SourceStatus> all) {
    source(all, "members", "servers of the source on the ring", SourceStatus::servers);
    source(
        all,
        "missing",
        "servers among them that the source does not name any more",
        SourceStatus::missing);
    source(
        all,
        "up",
        "1 while the source says which servers there are, else 0",
        status -> status.state() == SourceStatus.State.OK ? 1 : 0);
    source(
        all,
        "failures",
        "how often the source could not say which servers there are",
        SourceStatus::failures);
    source(
        all, "changes", "how often its servers were others, or elsewhere", SourceStatus::changes);
    source(
        all,
        "last_success_seconds",
        "when the source said last which servers there are, since 1970; 0 for never",
        ProcessMetrics::lastSuccess);
  }

  private void source(
      List<SourceStatus> all, String name, String help, ToDoubleFunction<SourceStatus> value) {
    families.gauge(
        "discovery_" + name,
        help,
        rows ->
            all.forEach(
                each ->
                    rows.add(
                        value.applyAsDouble(each), "pool", each.pool(), "source", each.source())));
  }

  private static double lastSuccess(SourceStatus status) {
    Instant last = status.lastSuccess();
    return last == null ? 0 : last.toEpochMilli() / MILLIS;
  }

  private void addSpool(SpoolStats spool) {
    for (SpoolCounter counter : SpoolCounter.values()) {
      String name = "spool_" + counter.statName();
      if (counter.isGauge()) {
        families.gauge(name, counter.description(), rows -> rows.add(spool.get(counter)));
      } else {
        families.counter(name, counter.description(), rows -> rows.add(spool.get(counter)));
      }
    }
  }
}
