package io.fairlead.server.admin;

import io.fairlead.tls.CertificateStatus;
import io.fairlead.tls.KeyringStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Until when the certificates are good, and what became of attempts to read them again. */
final class CertificateMetrics {
  private final Supplier<KeyringStatus> source;
  private final MultiGauge expiry;

  CertificateMetrics(String prefix, MeterRegistry registry, Supplier<KeyringStatus> source) {
    this.source = source;
    String name = prefix + "certificate.";
    counter(registry, name + "renewals", "success", KeyringStatus::renewals);
    counter(registry, name + "renewals", "failure", KeyringStatus::failures);
    expiry =
        MultiGauge.builder(name + "expiry.timestamp.seconds")
            .description("until when a certificate is good, since 1970")
            .register(registry);
  }

  private void counter(
      MeterRegistry registry, String name, String result, ToDoubleFunction<KeyringStatus> value) {
    FunctionCounter.builder(name, source, status -> value.applyAsDouble(status.get()))
        .description("attempts to read certificates again whose files have changed")
        .tags("result", result)
        .register(registry);
  }

  /** Shows the present certificates. */
  void refresh() {
    expiry.register(
        source.get().certificates().stream()
            .<MultiGauge.Row<?>>map(CertificateMetrics::row)
            .toList(),
        true);
  }

  private static MultiGauge.Row<?> row(CertificateStatus certificate) {
    Tags tags = Tags.of("file", certificate.file().toString(), "subject", certificate.subject());
    return MultiGauge.Row.of(tags, certificate.expires().getEpochSecond());
  }
}
