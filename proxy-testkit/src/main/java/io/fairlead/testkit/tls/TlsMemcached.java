package io.fairlead.testkit.tls;

import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.MemcachedProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real memcached that speaks TLS at one port, and in the clear at another. */
public final class TlsMemcached implements AutoCloseable {
  private final MemcachedProcess process;
  private final int port;

  private TlsMemcached(MemcachedProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one. */
  public static TlsMemcached start(Authority.Issued keys) {
    return startAt("127.0.0.1", keys);
  }

  /** Starts one that speaks TLS at another address of this machine. */
  public static TlsMemcached startAt(String host, Authority.Issued keys) {
    return startWith(host, keys, List.of());
  }

  /** Starts one that demands certificates of an authority from its clients. */
  public static TlsMemcached startForClientsOf(Authority authority, Authority.Issued keys) {
    return startWith(
        "127.0.0.1",
        keys,
        List.of("-o", "ssl_verify_mode=2,ssl_ca_cert=" + authority.certificate()));
  }

  /** Starts one that wants a password, of those in a file. */
  public static TlsMemcached startWithUsers(Authority.Issued keys, Path users) {
    return startWith("127.0.0.1", keys, List.of("-Y", users.toString()));
  }

  private static TlsMemcached startWith(String host, Authority.Issued keys, List<String> further) {
    int port = FreePorts.next();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-l", host + ":" + port, "-Z"));
    arguments.addAll(
        List.of("-o", "ssl_chain_cert=" + keys.certificate() + ",ssl_key=" + keys.key()));
    arguments.addAll(further);
    MemcachedProcess process =
        MemcachedProcess.startInTheClearAt(FreePorts.next(), arguments.toArray(String[]::new));
    return new TlsMemcached(process, port);
  }

  /** Where it speaks TLS. */
  public int port() {
    return port;
  }

  /** The same server in the clear. */
  public MemcachedProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
