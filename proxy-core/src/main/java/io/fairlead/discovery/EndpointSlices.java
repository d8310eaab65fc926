package io.fairlead.discovery;

import io.fairlead.config.Address;
import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SourcePlace;
import io.fairlead.json.Setting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint slices of one service, and the servers that they name.
 *
 * <p>An endpoint is a server as long as it is listed, ready or not: who has its keys is no question
 * of health. Its address is only trusted while it serves: a pod that is not there yet may be listed
 * with the address of its former life. One that has never served is not known yet.
 *
 * <p>With two address families a pod is listed in slices of both. Its address is that of IPv4 where
 * it has one, serving or not: what is told of one family a moment before the other must not move
 * it.
 */
final class EndpointSlices {
  private static final int MOST_REMEMBERED = 10_000;

  private final SourcePlace.Kubernetes place;
  private final Identity identity;
  private final String clusterDomain;
  private final Map<String, List<Endpoint>> slices = new TreeMap<>();

  /**
   * Where each server was when it served last; kept while a pod is away, and no further back than
   * so many, as those of a Deployment have new names again and again.
   */
  private final Map<String, ServerSettings> served =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ServerSettings> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /**
   * @param pod what both families of it have in common
   */
  private record Endpoint(String pod, ServerSettings server, boolean isServing, boolean isIpv4) {
    /** While slices are rearranged a pod may be in two of them, of which one is of the past. */
    Endpoint or(Endpoint other) {
      return isIpv4 == other.isIpv4 && !isServing && other.isServing ? other : this;
    }
  }

  /**
   * @param clusterDomain what names of services end in
   */
  EndpointSlices(SourcePlace.Kubernetes place, Identity identity, String clusterDomain) {
    this.place = place;
    this.identity = identity;
    this.clusterDomain = clusterDomain;
  }

  void clear() {
    slices.clear();
  }

  /**
   * Takes a slice, new or changed.
   *
   * @throws IllegalArgumentException when it does not tell on which port servers are
   */
  void put(Setting slice) {
    String type = slice.textOr("addressType", "IPv4");
    List<Endpoint> endpoints = new ArrayList<>();
    Setting listed = optional(slice, "endpoints");
    if (listed != null && !listed.items().isEmpty() && !type.equals("FQDN")) {
      int port = port(slice);
      for (Setting endpoint : listed.items()) {
        endpoints.add(endpoint(endpoint, port, type.equals("IPv4")));
      }
    }
    slices.put(nameOf(slice), endpoints);
  }

  void remove(Setting slice) {
    slices.remove(nameOf(slice));
  }

  private static String nameOf(Setting slice) {
    return slice.required("metadata").required("name").text();
  }

  private Endpoint endpoint(Setting endpoint, int port, boolean isIpv4) {
    String address = endpoint.required("addresses").items().get(0).text();
    Address.Tcp at = new Address.Tcp(address, port);
    String name = name(endpoint, at);
    String pod = identity == Identity.ADDRESS ? target(endpoint, address) : name;
    return new Endpoint(pod, new ServerSettings(name, at, 1), isServing(endpoint), isIpv4);
  }

  /** A condition that is not given is taken for true, as Kubernetes wants it. */
  private static boolean isServing(Setting endpoint) {
    Setting conditions = optional(endpoint, "conditions");
    if (conditions == null) {
      return true;
    }
    Setting serving = optional(conditions, "serving");
    Setting ready = optional(conditions, "ready");
    if (serving != null) {
      return serving.flag();
    }
    return ready == null || ready.flag();
  }

  private String name(Setting endpoint, Address.Tcp at) {
    if (identity == Identity.ADDRESS) {
      return ServerSettings.ringName(at);
    }
    String pod = pod(endpoint, at.host());
    if (identity == Identity.HOSTNAME) {
      return pod;
    }
    String host = pod + "." + place.service() + "." + place.namespace() + ".svc." + clusterDomain;
    return ServerSettings.ringName(new Address.Tcp(host, at.port()));
  }

  /** The host name of a pod, which one of a StatefulSet keeps; else its name, which is new. */
  private static String pod(Setting endpoint, String address) {
    Setting hostname = optional(endpoint, "hostname");
    return hostname == null ? target(endpoint, address) : hostname.text();
  }

  private static String target(Setting endpoint, String address) {
    Setting target = optional(endpoint, "targetRef");
    Setting name = target == null ? null : optional(target, "name");
    return name == null ? address : name.text();
  }

  private int port(Setting slice) {
    String wanted = place.port();
    if (wanted != null && wanted.matches("[0-9]+")) {
      return Integer.parseInt(wanted);
    }
    Setting listed = optional(slice, "ports");
    List<Setting> ports = listed == null ? List.of() : listed.items();
    for (Setting port : ports) {
      String name = optional(port, "name") == null ? "" : port.required("name").text();
      boolean isWanted =
          wanted == null ? ports.size() == 1 || isMemcached(name) : name.equals(wanted);
      if (isWanted) {
        return (int) port.required("port").integer(1, 65535);
      }
    }
    throw new IllegalArgumentException(
        place
            + ": the service has "
            + ports.size()
            + " ports (expected: the number or name of one behind a colon, as in k8s://"
            + place.namespace()
            + "/"
            + place.service()
            + ":11211)");
  }

  private static boolean isMemcached(String name) {
    return name.equals("memcache") || name.equals("memcached");
  }

  /** An optional value may also be given as null. */
  private static @Nullable Setting optional(Setting object, String key) {
    Setting setting = object.at(key);
    return setting == null || setting.json().kind().equals("null") ? null : setting;
  }

  /** The servers that are known, each once. */
  List<ServerSettings> servers() {
    Map<String, ServerSettings> servers = new LinkedHashMap<>();
    for (Endpoint endpoint : pods()) {
      if (endpoint.isServing()) {
        servers.putIfAbsent(endpoint.server().name(), endpoint.server());
      }
    }
    served.putAll(servers);
    for (Endpoint endpoint : pods()) {
      ServerSettings last = served.get(endpoint.server().name());
      if (last != null) {
        servers.putIfAbsent(last.name(), last);
      }
    }
    return List.copyOf(servers.values());
  }

  private Collection<Endpoint> pods() {
    Map<String, Endpoint> pods = new LinkedHashMap<>();
    for (boolean ipv4 : new boolean[] {true, false}) {
      for (List<Endpoint> endpoints : slices.values()) {
        endpoints.stream()
            .filter(each -> each.isIpv4() == ipv4)
            .forEach(each -> pods.merge(each.pod(), each, Endpoint::or));
      }
    }
    return pods.values();
  }
}
