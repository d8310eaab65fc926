package io.fairlead.server.mcrouter;

import io.fairlead.config.KeyFiles;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.ListenerTlsSettings.ClientCertificate;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where TLS is spoken, and how.
 *
 * @param ports those that clients connect to with TLS
 * @param toServers with those of pools that ask for it
 * @param toClients null without such ports
 */
public record TlsOptions(
    List<Integer> ports, ServerTlsSettings toServers, @Nullable ListenerTlsSettings toClients) {

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public TlsOptions(
      List<Integer> ports, ServerTlsSettings toServers, @Nullable ListenerTlsSettings toClients) {
    this.ports = List.copyOf(ports);
    this.toServers = toServers;
    this.toClients = toClients;
  }

  static TlsOptions of(OptionValues values) throws McrouterMistake {
    List<Integer> ports = ListenOptions.ports(values, "ssl_ports");
    return new TlsOptions(ports, toServers(values), ports.isEmpty() ? null : toClients(values));
  }

  /** mcrouter asks servers to prove nothing unless told to, and their names only by enforcement. */
  private static ServerTlsSettings toServers(OptionValues values) throws McrouterMistake {
    ServerTlsSettings tls = ServerTlsSettings.DEFAULT.withCheck(check(values));
    Path ca = path(values, "pem_ca_path");
    if (ca != null) {
      tls = tls.withCa(ca);
    }
    KeyFiles keys = keys(values, "pem");
    if (keys != null) {
      tls = tls.withKeys(keys);
    }
    String name = values.text("ssl_service_identity");
    return name.isEmpty() ? tls : tls.withServerName(name);
  }

  private static ServerCheck check(OptionValues values) {
    if (!values.isOn("ssl_verify_peers")) {
      return ServerCheck.NONE;
    }
    boolean hasName = !values.text("ssl_service_identity").isEmpty();
    return hasName && values.isOn("ssl_service_identity_authorization_enforce")
        ? ServerCheck.NAME
        : ServerCheck.CHAIN;
  }

  private static ListenerTlsSettings toClients(OptionValues values) throws McrouterMistake {
    KeyFiles own = keys(values, "server_pem");
    KeyFiles keys = own == null ? keys(values, "pem") : own;
    if (keys == null) {
      throw new McrouterMistake(
          "--ssl-port needs the files that clients are shown: --pem-cert-path and --pem-key-path.");
    }
    ListenerTlsSettings tls = ListenerTlsSettings.of(keys);
    Path ownCa = path(values, "server_pem_ca_path");
    Path ca = ownCa == null ? path(values, "pem_ca_path") : ownCa;
    boolean isRequired = values.isOn("ssl_require_peer_certs");
    if (ca == null && isRequired) {
      throw new McrouterMistake(
          "--ssl-require-peer-certs needs the authorities of clients: --pem-ca-path.");
    }
    return ca == null
        ? tls
        : tls.withClientCa(
            ca, isRequired ? ClientCertificate.REQUIRED : ClientCertificate.OPTIONAL);
  }

  private static @Nullable KeyFiles keys(OptionValues values, String name) throws McrouterMistake {
    Path certificate = path(values, name + "_cert_path");
    Path key = path(values, name + "_key_path");
    if ((certificate == null) != (key == null)) {
      String option = "--" + name.replace('_', '-');
      throw new McrouterMistake(
          option + "-cert-path and " + option + "-key-path go together; give both, or neither.");
    }
    return certificate == null || key == null ? null : new KeyFiles(certificate, key);
  }

  private static @Nullable Path path(OptionValues values, String name) throws McrouterMistake {
    String text = values.text(name);
    try {
      return text.isEmpty() ? null : Path.of(text).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new McrouterMistake("--" + name.replace('_', '-') + ": no path: " + text);
    }
  }
}
