package io.fairlead.tls;

import io.fairlead.config.KeyFiles;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.List;

/** A key and the certificate that says whose it is, followed by those that vouch for it. */
record OwnIdentity(KeyFiles files, PrivateKey key, List<X509Certificate> chain) {

  static OwnIdentity read(KeyFiles files) throws IOException {
    List<X509Certificate> chain = Certificates.read(files.certificate());
    PrivateKey key = PrivateKeyReader.read(files.key());
    if (!belongTogether(key, chain.get(0).getPublicKey())) {
      throw new TlsFileException(
          files.key(), "the key of the first certificate in " + files.certificate());
    }
    return new OwnIdentity(files, key, chain);
  }

  CertificateStatus status() {
    return CertificateStatus.of(files.certificate(), chain.get(0));
  }

  /** Java itself would tell only the client, in words that help nobody. */
  private static boolean belongTogether(PrivateKey key, PublicKey certified) {
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    byte[] something = {1, 2, 3};
    try {
      Signature signature = Signature.getInstance(signatureBy(key));
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String signatureBy(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }
}
