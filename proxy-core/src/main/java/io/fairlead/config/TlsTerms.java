package io.fairlead.config;

import java.time.Duration;
import java.util.List;

/**
 * What both sides of a TLS connection have to agree to.
 *
 * @param least the oldest version that is spoken
 * @param ciphers the suites that may be chosen, by their standard names; none for the usual ones
 * @param handshakeTimeout how long it may take until the first request can be sent
 */
public record TlsTerms(TlsVersion least, List<String> ciphers, Duration handshakeTimeout) {
  public static final TlsTerms DEFAULT =
      new TlsTerms(TlsVersion.V1_2, List.of(), Duration.ofSeconds(5));

  public TlsTerms {
    ciphers = List.copyOf(ciphers);
  }
}
