package io.fairlead.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes how TLS is spoken, as {@link TlsReader} reads it. */
final class TlsWriter {
  private TlsWriter() {}

  static List<String> lines(ListenerTlsSettings tls) {
    List<String> lines = new ArrayList<>();
    add(lines, tls.keys());
    Path clientCa = tls.clientCa();
    if (clientCa != null) {
      lines.add("client_ca: " + text(clientCa));
      lines.add("client_certificate: " + ValueKind.nameOf(tls.clientCertificate()));
    }
    add(lines, tls.terms());
    lines.add("handshakes_per_second: " + tls.handshakesPerSecond());
    return lines;
  }

  static List<String> lines(ServerTlsSettings tls) {
    List<String> lines = new ArrayList<>();
    Path ca = tls.ca();
    if (ca != null) {
      lines.add("ca: " + text(ca));
    }
    add(lines, tls.keys());
    String serverName = tls.serverName();
    if (serverName != null) {
      lines.add("server_name: " + YamlScalar.text(serverName));
    }
    lines.add("check: " + ValueKind.nameOf(tls.check()));
    add(lines, tls.terms());
    return lines;
  }

  private static void add(List<String> lines, @Nullable KeyFiles keys) {
    if (keys != null) {
      lines.add("certificate: " + text(keys.certificate()));
      lines.add("key: " + text(keys.key()));
    }
  }

  private static void add(List<String> lines, TlsTerms terms) {
    lines.add("min_version: " + terms.least().number());
    lines.add("ciphers: [" + String.join(", ", terms.ciphers()) + "]");
    lines.add("handshake_timeout: " + DurationText.format(terms.handshakeTimeout()));
  }

  private static String text(Path path) {
    return YamlScalar.text(path.toString());
  }
}
