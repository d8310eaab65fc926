package io.fairlead.server.mcrouter;

import java.util.List;

/**
 * Where TLS is spoken and with which certificates; paths are empty when they are not given.
 *
 * @param ports those that clients connect to with TLS
 * @param toServers shown to servers, and to clients unless {@code toClients} says otherwise
 * @param clientsNeedOne whether clients must have certificates
 * @param serversChecked whether those of servers are checked
 */
public record TlsOptions(
    List<Integer> ports,
    Certificate toServers,
    Certificate toClients,
    boolean clientsNeedOne,
    boolean serversChecked) {

  /**
   * Files with a certificate.
   *
   * @param authorities of the other side
   */
  public record Certificate(String file, String key, String authorities) {}

  public TlsOptions {
    ports = List.copyOf(ports);
  }

  static TlsOptions of(OptionValues values) throws McrouterMistake {
    return new TlsOptions(
        ListenOptions.ports(values, "ssl_ports"),
        certificate(values, "pem"),
        certificate(values, "server_pem"),
        values.isOn("ssl_require_peer_certs"),
        values.isOn("ssl_verify_peers"));
  }

  private static Certificate certificate(OptionValues values, String name) {
    return new Certificate(
        values.text(name + "_cert_path"),
        values.text(name + "_key_path"),
        values.text(name + "_ca_path"));
  }
}
