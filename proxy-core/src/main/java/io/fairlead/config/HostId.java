package io.fairlead.config;

import io.fairlead.hashing.KeyHash;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;

/**
 * A number of the host, which stays the same as long as its address does; some routes choose by it,
 * so that not every host chooses alike.
 *
 * <p>As in mcrouter it is a hash of the first address that is neither of the loopback nor
 * link-local, though not the same hash.
 */
public final class HostId {
  private HostId() {}

  /** The number of this host: 32 bits without sign; 0 when it has no address. */
  public static long ofThisHost() {
    try {
      return of(
          NetworkInterface.networkInterfaces()
              .flatMap(each -> Collections.list(each.getInetAddresses()).stream())
              .toList());
    } catch (SocketException e) {
      return 0;
    }
  }

  static long of(List<InetAddress> addresses) {
    return addresses.stream()
        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
        .map(InetAddress::getAddress)
        .map(bytes -> Integer.toUnsignedLong(KeyHash.FNV1A_32.hash(bytes, 0, bytes.length)))
        .findFirst()
        .orElse(0L);
  }
}
