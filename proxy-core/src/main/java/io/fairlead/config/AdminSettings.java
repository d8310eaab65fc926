package io.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The admin port.
 *
 * @param address where metrics, health and pages are served over HTTP
 * @param reusePort whether other processes may listen on the same port
 * @param tokenFile has the token by which whoever changes something is known; null when nobody may
 * @param hosts names by which browsers and others may call this machine, besides its own
 */
public record AdminSettings(
    Address.Tcp address, boolean reusePort, @Nullable Path tokenFile, List<String> hosts) {
  /** On this machine only. */
  public static final AdminSettings DEFAULT = at(ProxySettings.DEFAULT_ADMIN);

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public AdminSettings(
      Address.Tcp address, boolean reusePort, @Nullable Path tokenFile, List<String> hosts) {
    this.address = address;
    this.reusePort = reusePort;
    this.tokenFile = tokenFile;
    this.hosts = List.copyOf(hosts);
  }

  /** One at which nothing can be changed. */
  public static AdminSettings at(Address.Tcp address) {
    return new AdminSettings(address, false, null, List.of());
  }

  /** The same, or none without an address. */
  public static @Nullable AdminSettings orNone(Address.@Nullable Tcp address) {
    return address == null ? null : at(address);
  }

  /** The same elsewhere. */
  public AdminSettings movedTo(Address.Tcp elsewhere) {
    return new AdminSettings(elsewhere, reusePort, tokenFile, hosts);
  }

  /** The same with another token. */
  public AdminSettings withTokenFile(Path file) {
    return new AdminSettings(address, reusePort, file, hosts);
  }
}
