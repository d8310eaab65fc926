package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a nutcracker.yml, the configuration of twemproxy: each pool with its own listener, and
 * everything else at our defaults.
 *
 * <p>What nutcracker accepts is accepted, except pools that speak Redis. Where it accepts no more
 * than one way to write a thing, every way that YAML has is fine.
 */
final class NutcrackerReader {
  private static final String POOL = "a map with listen and servers";
  private static final String NO_POOL = "at least one pool that speaks memcached";

  /** Keys of the JSON that nutcracker's statistics port gives, beside the names of the pools. */
  private static final Set<String> STATISTICS =
      Set.of(
          "service",
          "source",
          "version",
          "uptime",
          "timestamp",
          "total_connections",
          "curr_connections");

  private final LoadOptions options;
  private final NutcrackerListenerReader listenerReader;
  private final List<ListenerSettings> listeners = new ArrayList<>();
  private final List<PoolSettings> pools = new ArrayList<>();
  private int skipped;

  NutcrackerReader(LoadOptions options) {
    this.options = options;
    this.listenerReader = new NutcrackerListenerReader(options);
  }

  /** The settings, which are worth something only when no problem was reported. */
  ProxySettings read(MappingReader map) {
    map.takeAll().forEach(this::readPool);
    if (skipped > 0 && pools.isEmpty()) {
      map.map().refuseAs("redis pools only", NO_POOL, null);
    }
    return ProxySettings.of(listeners, pools).admin(admin()).limits(limits()).build();
  }

  private void readPool(MappingReader.Entry entry) {
    if (entry.name().isEmpty()) {
      entry.key().refuseAs("no name", "a name for the pool", null);
    }
    if (STATISTICS.contains(entry.name())) {
      entry
          .key()
          .warnAs(
              "the name of a statistic",
              "another name, as readers of nutcracker's statistics take them for one");
    }
    entry.value().<Boolean>map(POOL, map -> readPool(entry.name(), map));
  }

  private boolean readPool(String name, MappingReader map) {
    if (isRedis(map)) {
      map.takeAll();
      return false;
    }
    ListenerSettings listener = listenerReader.read(name, map);
    pools.add(new NutcrackerPoolReader(name, options.foreign()).read(map));
    readRedis(map);
    return listener != null && listeners.add(listener);
  }

  private boolean isRedis(MappingReader map) {
    ConfigValue value = map.peek("redis");
    Boolean isRedis = value == null ? null : NutcrackerNumber.flag().read(value);
    if (value == null || isRedis == null || !isRedis) {
      return false;
    }
    if (options.foreign().skipRedisPools()) {
      skipped++;
      value.warn("false; the pool is left out, as --skip-redis-pools says");
    } else {
      value.refuse(
          "false, as Fairlead speaks memcached and not Redis",
          "take the pool out of the file, or leave it out with --skip-redis-pools");
    }
    return true;
  }

  /** What a memcached pool may say; the number of a database means nothing, but does no harm. */
  private static void readRedis(MappingReader map) {
    map.take("redis"); // has been looked at
    ConfigValue password = map.take("redis_auth");
    if (password != null) {
      password.refuseAs("a password", "nothing, as only a pool with redis: true has it", null);
    }
    map.optional("redis_db", 0, NutcrackerNumber.clamped(0, Integer.MAX_VALUE));
  }

  private @Nullable AdminSettings admin() {
    LoadOptions.Admin given = options.admin();
    if (given != null) {
      return AdminSettings.orNone(given.address());
    }
    return listenerReader.isDefaultAdminFree() ? AdminSettings.DEFAULT : null;
  }

  /** As many clients as the pools ask for together, where that is more than usual. */
  private LimitSettings limits() {
    long asked = listeners.stream().mapToLong(ListenerSettings::connections).sum();
    long connections = Math.max(LimitSettings.DEFAULT.connections(), asked);
    return LimitSettings.ofOtherProxies()
        .connections((int) Math.min(ListenerReader.MOST_CONNECTIONS, connections))
        .build();
  }
}
