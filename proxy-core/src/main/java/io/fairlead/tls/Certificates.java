package io.fairlead.tls;

import io.fairlead.tls.PemFile.Block;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads certificates. */
final class Certificates {
  private Certificates() {}

  /** All certificates of a file, of which there is at least one. */
  static List<X509Certificate> read(Path path) throws IOException {
    List<X509Certificate> certificates = new ArrayList<>();
    PemFile file = PemFile.read(path);
    for (Block block : file.blocks()) {
      if (block.label().endsWith("CERTIFICATE")) {
        certificates.add(certificate(path, file.bytes(block)));
      }
    }
    if (certificates.isEmpty()) {
      throw new TlsFileException(path, "a certificate in PEM");
    }
    return certificates;
  }

  private static X509Certificate certificate(Path path, byte[] der) throws TlsFileException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw new TlsFileException(path, "certificates that can be read");
    }
  }
}
