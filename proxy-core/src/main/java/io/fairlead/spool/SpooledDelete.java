package io.fairlead.spool;

import io.fairlead.config.Address;

/** One delete that a server is to be told of. */
final class SpooledDelete {
  private final long millis;
  private final Address server;
  private final String pool;
  private final byte[] key;

  /**
   * @param millis when it failed, since 1970
   * @param pool the name of its pool; empty where the file does not say
   * @param key not to be changed any more
   */
  SpooledDelete(long millis, Address server, String pool, byte[] key) {
    this.millis = millis;
    this.server = server;
    this.pool = pool;
    this.key = key;
  }

  long millis() {
    return millis;
  }

  Address server() {
    return server;
  }

  String pool() {
    return pool;
  }

  byte[] key() {
    return key;
  }
}
