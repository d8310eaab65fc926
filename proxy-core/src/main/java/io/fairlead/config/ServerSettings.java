package io.fairlead.config;

/**
 * One memcached server of a pool.
 *
 * @param name what is hashed onto the ring; keeping it keeps the keys when the address changes
 * @param weight its share of the keys, relative to the other servers
 * @param tls whether it is spoken to by TLS where its pool has it
 */
public record ServerSettings(String name, Address address, int weight, boolean tls) {
  /** The port of a server that is given without one. */
  public static final int DEFAULT_PORT = 11211;

  /** One for which everything holds that its pool has. */
  public ServerSettings(String name, Address address, int weight) {
    this(name, address, weight, true);
  }

  /** A server of weight 1 that is named as twemproxy names one without an alias. */
  public static ServerSettings at(Address address) {
    return new ServerSettings(ringName(address), address, 1);
  }

  /**
   * The name twemproxy hashes for a server without an alias: the port only when it is not 11211.
   */
  public static String ringName(Address address) {
    if (address instanceof Address.Tcp tcp) {
      return tcp.port() == DEFAULT_PORT ? tcp.host() : tcp.host() + ":" + tcp.port();
    }
    return ((Address.Unix) address).path() + ":";
  }
}
