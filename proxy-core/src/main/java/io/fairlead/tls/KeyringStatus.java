package io.fairlead.tls;

import java.util.List;

/**
 * How the certificates of a proxy are.
 *
 * @param certificates those that are shown to clients and servers
 * @param renewals how often changed files were taken
 * @param failures how often changed files were no good
 */
public record KeyringStatus(List<CertificateStatus> certificates, long renewals, long failures) {
  /** That of a proxy without TLS. */
  public static final KeyringStatus EMPTY = new KeyringStatus(List.of(), 0, 0);

  public KeyringStatus {
    certificates = List.copyOf(certificates);
  }
}
