package io.fairlead.testkit.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Issues certificates with openssl, as operators do; its files are in one folder. */
public final class Authority {
  private final Path folder;
  private int issued;

  private Authority(Path folder) {
    this.folder = folder;
  }

  /** A key and its certificate, in PEM. */
  public record Issued(Path certificate, Path key) {}

  /** A new one, whose files come into an empty folder. */
  public static Authority in(Path folder) {
    Authority authority = new Authority(folder);
    Path key = folder.resolve("ca.key");
    newKey(key);
    OpenSsl.run(
        "req",
        "-x509",
        "-new",
        "-key",
        key.toString(),
        "-subj",
        "/CN=Test CA",
        "-days",
        "2",
        "-out",
        authority.certificate().toString());
    return authority;
  }

  private static void newKey(Path file) {
    OpenSsl.run(
        "genpkey",
        "-algorithm",
        "EC",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-out",
        file.toString());
  }

  /** Its own certificate, which those trust who believe it. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /** A certificate for a server on this machine, and of these names. */
  public Issued forServer(String commonName) {
    return issue(commonName, "DNS:" + commonName + ",DNS:localhost,IP:127.0.0.1,IP:::1");
  }

  /** A certificate for a client. */
  public Issued forClient(String commonName) {
    return issue(commonName, "DNS:" + commonName);
  }

  /** A certificate with alternative names, as {@code DNS:a.example.com,IP:127.0.0.1}. */
  public Issued issue(String commonName, String alternativeNames) {
    Path key = folder.resolve("key" + issued + ".pem");
    newKey(key);
    return new Issued(certify(key, commonName, alternativeNames), key);
  }

  /** The same as {@link #forServer}, but it is good no more. */
  public Issued expired(String commonName) {
    Path key = folder.resolve("key" + issued + ".pem");
    newKey(key);
    String names = "DNS:" + commonName + ",DNS:localhost,IP:127.0.0.1";
    return new Issued(certify(key, commonName, names, -1), key);
  }

  /** A certificate for a key that is there already. */
  public Path certify(Path key, String commonName, String alternativeNames) {
    return certify(key, commonName, alternativeNames, 2);
  }

  private Path certify(Path key, String commonName, String alternativeNames, int days) {
    Path request = folder.resolve("request" + issued + ".pem");
    Path extensions = folder.resolve("extensions" + issued);
    Path certificate = folder.resolve("certificate" + issued + ".pem");
    issued++;
    OpenSsl.run(
        "req",
        "-new",
        "-key",
        key.toString(),
        "-subj",
        "/O=Tests/CN=" + commonName,
        "-out",
        request.toString());
    try {
      Files.writeString(extensions, "subjectAltName=" + alternativeNames + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    OpenSsl.run(
        "x509",
        "-req",
        "-in",
        request.toString(),
        "-CA",
        certificate().toString(),
        "-CAkey",
        folder.resolve("ca.key").toString(),
        "-CAcreateserial",
        "-days",
        String.valueOf(days),
        "-extfile",
        extensions.toString(),
        "-out",
        certificate.toString());
    return certificate;
  }
}
