package io.fairlead.macro;

import com.google.common.net.InetAddresses;
import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonBoolean;
import io.fairlead.json.JsonDouble;
import io.fairlead.json.JsonInteger;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonString;
import java.net.NetworkInterface;
import java.net.SocketException;

/** Macros that ask what a value is. */
final class Kinds {
  private Kinds() {}

  static void addTo(Library library) {
    add(library, "isArray", JsonArray.class);
    add(library, "isBool", JsonBoolean.class);
    add(library, "isDouble", JsonDouble.class);
    add(library, "isInt", JsonInteger.class);
    add(library, "isObject", JsonObject.class);
    add(library, "isString", JsonString.class);
    library.add("isLocalIp", Kinds::isLocalIp, "ip");
  }

  private static void add(Library library, String name, Class<? extends Json> kind) {
    library.add(name, a -> a.flag(kind.isInstance(a.value("value"))), "value");
  }

  /** Whether it is an address of this machine; a name is none, and is not looked up. */
  private static Json isLocalIp(Arguments arguments) {
    String text = arguments.text("ip");
    try {
      return arguments.flag(
          InetAddresses.isInetAddress(text)
              && NetworkInterface.getByInetAddress(InetAddresses.forString(text)) != null);
    } catch (SocketException e) {
      throw arguments.refused("no addresses of this machine (" + e.getMessage() + ')');
    }
  }
}
