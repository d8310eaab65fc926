package io.fairlead.tls;

import io.fairlead.tls.PemFile.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/** Reads a private key, in each of the forms in which openssl has written them. */
final class PrivateKeyReader {
  private static final String EXPECTED = "a private key in PEM";
  private static final String NOT_ENCRYPTED =
      "a key without a passphrase, which \"openssl pkey -in KEY -out NEW\" makes of it";
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PrivateKeyReader() {}

  /** The first key in a file. */
  static PrivateKey read(Path path) throws IOException {
    PemFile file = PemFile.read(path);
    for (Block block : file.blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return key(path, file, block);
      }
    }
    throw new TlsFileException(path, EXPECTED);
  }

  private static PrivateKey key(Path path, PemFile file, Block block) throws TlsFileException {
    if (block.isEncrypted()) {
      throw new TlsFileException(path, NOT_ENCRYPTED);
    }
    byte[] pkcs8 =
        switch (block.label()) {
          case "PRIVATE KEY" -> file.bytes(block);
          case "RSA PRIVATE KEY" -> Der.pkcs8OfRsa(file.bytes(block));
          case "EC PRIVATE KEY" -> Der.pkcs8OfEc(file.bytes(block));
          default -> throw new TlsFileException(path, EXPECTED);
        };
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // A key for another algorithm, which is tried next.
      }
    }
    throw new TlsFileException(path, "a private key for RSA, EC or Ed25519");
  }
}
