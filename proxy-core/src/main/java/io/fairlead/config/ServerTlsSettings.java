package io.fairlead.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * TLS between the proxy and the servers of a pool.
 *
 * @param ca whose certificates are believed; null for the authorities that Java knows
 * @param keys who the proxy is to the servers; null when it shows no certificate
 * @param serverName the name in the certificates of the servers; null for the host of each
 * @param check what a server is asked to prove
 */
public record ServerTlsSettings(
    @Nullable Path ca,
    @Nullable KeyFiles keys,
    @Nullable String serverName,
    ServerCheck check,
    TlsTerms terms) {

  /** Everything at its default. */
  public static final ServerTlsSettings DEFAULT =
      new ServerTlsSettings(null, null, null, ServerCheck.NAME, TlsTerms.DEFAULT);

  /** What a server is asked to prove. */
  public enum ServerCheck {
    /** That it is the one it is taken for. */
    NAME,
    /** That an authority knows it, whatever it is called. */
    CHAIN,
    /** Nothing: the connection is secret, but from nobody who can take the server's address. */
    NONE
  }

  /** The same with certificates of that authority only. */
  public ServerTlsSettings withCa(Path authority) {
    return new ServerTlsSettings(authority, keys, serverName, check, terms);
  }

  /** The same as somebody. */
  public ServerTlsSettings withKeys(KeyFiles shown) {
    return new ServerTlsSettings(ca, shown, serverName, check, terms);
  }

  /** The same for servers of that name. */
  public ServerTlsSettings withServerName(String name) {
    return new ServerTlsSettings(ca, keys, name, check, terms);
  }

  /** The same with more or less to prove. */
  public ServerTlsSettings withCheck(ServerCheck wanted) {
    return new ServerTlsSettings(ca, keys, serverName, wanted, terms);
  }
}
