package io.fairlead.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS between clients and a listener.
 *
 * @param keys who the proxy is to its clients
 * @param clientCa whose certificates clients may show; null when they are asked for none
 * @param clientCertificate whether they must show one
 * @param handshakesPerSecond how many clients are let in; those beyond wait, no longer than a
 *     handshake may take; 0 for any number
 */
public record ListenerTlsSettings(
    KeyFiles keys,
    @Nullable Path clientCa,
    ClientCertificate clientCertificate,
    TlsTerms terms,
    int handshakesPerSecond) {
  public static final int DEFAULT_HANDSHAKES = 500;
  public static final int MOST_HANDSHAKES = 1_000_000;

  /** What clients have to show. */
  public enum ClientCertificate {
    /** One that the authority has signed. */
    REQUIRED,
    /** The same, or none at all. */
    OPTIONAL
  }

  /** For clients that show no certificate, with everything else at its default. */
  public static ListenerTlsSettings of(KeyFiles keys) {
    return new ListenerTlsSettings(
        keys, null, ClientCertificate.REQUIRED, TlsTerms.DEFAULT, DEFAULT_HANDSHAKES);
  }

  /** The same for clients that show a certificate of that authority. */
  public ListenerTlsSettings withClientCa(Path ca, ClientCertificate certificate) {
    return new ListenerTlsSettings(keys, ca, certificate, terms, handshakesPerSecond);
  }
}
