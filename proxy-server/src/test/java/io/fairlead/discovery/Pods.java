package io.fairlead.discovery;

import io.fairlead.testkit.ApiServer;
import io.fairlead.testkit.DnsServer;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.RawClient;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The pods of a StatefulSet with real memcacheds, each at an address of its own as in a cluster,
 * and what DNS and the API server say of them.
 */
final class Pods implements AutoCloseable {
  static final String SERVICE = "_memcache._tcp.cache.test";

  private static final Pattern VALUE = Pattern.compile("VALUE (\\S+) ");
  private static final int KEYS_AT_A_TIME = 100;

  private final DnsServer dns;
  private final ApiServer api;
  private final int port = FreePorts.next();
  private final Map<Integer, MemcachedProcess> running = new TreeMap<>();
  private int addresses;

  Pods(DnsServer dns, ApiServer api, int count) {
    this.dns = dns;
    this.api = api;
    for (int pod = 0; pod < count; pod++) {
      start(pod);
    }
    announce();
  }

  int port() {
    return port;
  }

  private void start(int pod) {
    String address = "127.0.0." + (10 + addresses++);
    running.put(pod, MemcachedProcess.startAt(address, port));
  }

  /** A pod more. */
  void scaleOut() {
    start(running.size());
    announce();
  }

  /** A pod ends, and comes back empty at another address. */
  void restart(int pod) {
    MemcachedProcess old = running.get(pod);
    if (old == null) {
      throw new IllegalArgumentException("no pod " + pod);
    }
    old.close();
    start(pod);
    announce();
  }

  private void announce() {
    running.forEach((pod, server) -> dns.host(host(pod), server.host()));
    dns.service(
        SERVICE,
        running.keySet().stream().map(pod -> host(pod) + ":" + port).toArray(String[]::new));
    String endpoints =
        running.entrySet().stream()
            .map(
                each ->
                    """
                    {"addresses": ["%s"], "hostname": "cache-%d", "conditions": {"ready": true}}\
                    """
                        .formatted(each.getValue().host(), each.getKey()))
            .collect(Collectors.joining(","));
    api.put(
        "slice",
        """
        "addressType": "IPv4", "ports": [{"name": "memcache", "port": %d}], "endpoints": [%s]\
        """
            .formatted(port, endpoints));
  }

  private static String host(int pod) {
    return "cache-" + pod + ".cache.test";
  }

  /** Which pod has each of these keys; one that two have is a mistake. */
  Map<String, Integer> owners(int keys) {
    Map<String, Integer> owners = new HashMap<>();
    running.forEach(
        (pod, server) -> {
          try (RawClient client = RawClient.connect(server.address())) {
            for (int from = 0; from < keys; from += KEYS_AT_A_TIME) {
              String get =
                  IntStream.range(from, Math.min(keys, from + KEYS_AT_A_TIME))
                      .mapToObj(key -> " " + DiscoveringProxy.key(key))
                      .collect(Collectors.joining("", "get", "\r\n"));
              String reply = client.send(get).readThrough("END\r\n");
              VALUE
                  .matcher(reply)
                  .results()
                  .map(result -> result.group(1))
                  .forEach(key -> put(owners, key, pod));
            }
          }
        });
    return owners;
  }

  private static void put(Map<String, Integer> owners, String key, int pod) {
    Integer other = owners.put(key, pod);
    if (other != null) {
      throw new AssertionError(key + " is in the pods " + other + " and " + pod);
    }
  }

  /** All pods forget everything. */
  void flush() {
    running
        .values()
        .forEach(
            server -> {
              try (RawClient client = RawClient.connect(server.address())) {
                client.send("flush_all\r\n").expect("OK\r\n");
              }
            });
  }

  @Override
  public void close() {
    running.values().forEach(MemcachedProcess::close);
  }
}
