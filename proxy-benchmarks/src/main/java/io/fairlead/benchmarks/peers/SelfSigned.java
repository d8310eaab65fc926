package io.fairlead.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A certificate for loopback on the curve P-256 that its own key has signed, and that key. */
public record SelfSigned(Path certificate, Path key) {
  /** Has {@code openssl} make one, in two files of a directory. */
  public static SelfSigned in(Path directory) throws IOException {
    SelfSigned made =
        new SelfSigned(directory.resolve("certificate.pem"), directory.resolve("key.pem"));
    String openssl = Programs.find("openssl");
    made.have(
        List.of(
            openssl,
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-days",
            "2",
            "-keyout",
            made.key.toString(),
            "-out",
            made.certificate.toString()));
    return made;
  }

  private void have(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (InputStream output = process.getInputStream()) {
      String said = new String(output.readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("openssl made no certificate: " + said.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while openssl made a certificate", e);
    }
  }
}
