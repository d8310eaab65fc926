package io.fairlead.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The addresses that the proxy will listen on, of which no two may collide. */
final class Bindings {
  /** The path of the key of the file that says where the admin port is. */
  static final String ADMIN = "admin";

  /** What stands in for it on the command line. */
  static final String ADMIN_OPTION = "--admin";

  private final Map<Address, String> paths = new LinkedHashMap<>();

  /** Claims an address; gives the path of the key that has claimed it before, if one has. */
  @Nullable String claim(Address address, String path) {
    for (Map.Entry<Address, String> claimed : paths.entrySet()) {
      if (collide(claimed.getKey(), address)) {
        return claimed.getValue();
      }
    }
    paths.put(address, path);
    return null;
  }

  /** The same address, or one port on a host and on all of them; port 0 is any free port. */
  private static boolean collide(Address a, Address b) {
    if (!(a instanceof Address.Tcp one) || !(b instanceof Address.Tcp other)) {
      return a.equals(b);
    }
    if (one.port() != other.port() || one.port() == 0) {
      return false;
    }
    return one.host().equals(other.host()) || covers(one, other) || covers(other, one);
  }

  private static boolean covers(Address.Tcp wildcard, Address.Tcp other) {
    boolean isIpv6 = other.host().indexOf(':') >= 0;
    return wildcard.host().equals("::")
        || (wildcard.host().equals("0.0.0.0") && (!isIpv6 || other.host().equals("::")));
  }
}
