package io.fairlead.runtime;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * So many clients of one address may be connected to a listener at a time, counted over all event
 * loops. An IPv6 network of 64 bits counts as one address, as that is what one host is given.
 */
final class AddressPlaces {
  /** Behind this an IPv4 address is told from every IPv6 network: ::ffff:0:0/96 has no hosts. */
  private static final long IPV4 = 0xffffL << 32;

  private static final int MAPPED_FROM = 10;

  /** Of each address that has clients, as many as it has. */
  private final ConcurrentHashMap<Long, Integer> taken = new ConcurrentHashMap<>();

  private volatile int most;

  AddressPlaces(int most) {
    this.most = most;
  }

  /** Lets so many in from now on; those that are connected stay. */
  void limit(int changed) {
    most = changed;
  }

  /** Takes a place for a client; false when its address has all that it may have. */
  boolean take(@Nullable SocketAddress client) {
    InetAddress address = addressOf(client);
    if (address == null) {
      return true;
    }
    Long key = key(address);
    if (taken.merge(key, 1, Integer::sum) <= most) {
      return true;
    }
    giveBack(key);
    return false;
  }

  /** Gives back a place that was taken. */
  void giveBack(@Nullable SocketAddress client) {
    InetAddress address = addressOf(client);
    if (address != null) {
      giveBack(key(address));
    }
  }

  private void giveBack(Long key) {
    taken.computeIfPresent(key, (address, count) -> count == 1 ? null : count - 1);
  }

  /** Addresses that have a client. */
  int size() {
    return taken.size();
  }

  /** Null for a client of a unix socket, which has none. */
  private static @Nullable InetAddress addressOf(@Nullable SocketAddress client) {
    return client instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  private static Long key(InetAddress address) {
    ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
    if (address instanceof Inet4Address) {
      return IPV4 | Integer.toUnsignedLong(bytes.getInt());
    }
    boolean isMapped = bytes.getLong(0) == 0 && bytes.getShort(MAPPED_FROM) == (short) 0xffff;
    return isMapped ? IPV4 | Integer.toUnsignedLong(bytes.getInt(12)) : bytes.getLong(0);
  }
}
