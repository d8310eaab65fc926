package io.fairlead.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A certificate that the proxy shows.
 *
 * @param subject whose it is
 * @param expires until when it is good
 */
public record CertificateStatus(Path file, String subject, Instant expires) {

  static CertificateStatus of(Path file, X509Certificate certificate) {
    return new CertificateStatus(
        file,
        certificate.getSubjectX500Principal().getName(),
        certificate.getNotAfter().toInstant());
  }
}
