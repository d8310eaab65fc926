package io.fairlead.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the top level of the file, and checks what concerns more than one section. */
final class ProxyReader {
  private static final String POOLS = "a map with at least one pool by its name";
  private static final String LISTENERS = "a list with at least one listener";

  private final LoadOptions.@Nullable Admin givenAdmin;
  private final Bindings bindings = new Bindings();
  private final List<String> poolNames = new ArrayList<>();
  private final List<ConfigValue> pools = new ArrayList<>();
  private final NamedRoutes routes = new NamedRoutes();
  private Targets targets = new Targets(List.of(), List.of(), List.of());
  private Set<String> usedPools = Set.of();

  ProxyReader(LoadOptions.@Nullable Admin givenAdmin) {
    this.givenAdmin = givenAdmin;
  }

  /** The settings, which are worth something only when no problem was reported. */
  ProxySettings read(MappingReader map) {
    ConfigValue listeners = map.take("listeners");
    List<PoolSettings> pools = map.required("pools", POOLS, this::pools);
    readRoutes(map.take("routes"), pools == null ? List.of() : pools);
    AdminSettings admin = admin(map.take("admin"));
    Address.Tcp twemproxyStats = twemproxyStats(map.take("twemproxy_stats"));
    ConfigValue spool = map.take("delete_spool");
    ThreadSettings threads = map.optional("threads", ThreadSettings.DEFAULT, ThreadReader::read);
    LimitSettings limits = map.optional("limits", LimitSettings.DEFAULT, LimitReader::read);
    List<ListenerSettings> read =
        listeners == null ? defaultListener(map) : listeners(listeners, limits);
    Set<String> used = read.stream().map(ListenerSettings::target).collect(Collectors.toSet());
    ProxySettings settings =
        ProxySettings.of(read, pools == null ? List.of() : pools)
            .admin(admin)
            .threads(threads)
            .limits(limits)
            .version(map.optional("version", ProxySettings.DEFAULT_VERSION, ValueKind.word()))
            .twemproxyStats(twemproxyStats)
            .routes(routes.trees(used))
            .deleteSpool(spool == null ? null : DeleteSpoolReader.read(spool))
            .shutdown(map.optional("shutdown", ShutdownSettings.DEFAULT, ShutdownReader::read))
            .reload(map.optional("reload", true, ValueKind.flag()))
            .warmUp(
                map.optional("warm_up", ProxySettings.DEFAULT_WARM_UP, ValueKind.durationOrFalse()))
            .build();
    routes.warnOfUnused(used);
    warnOfUnusedPools(used);
    return settings;
  }

  private void readRoutes(@Nullable ConfigValue section, List<PoolSettings> pools) {
    RouteReader reader = new RouteReader(poolNames, pools, routes);
    if (section != null) {
      routes.add(section, poolNames);
      routes.readAll(reader);
    }
    usedPools = reader.usedPools();
    targets = new Targets(poolNames, routes.names(), routes.roots());
  }

  private @Nullable List<PoolSettings> pools(ConfigValue value) {
    return value.map(
        POOLS,
        map -> {
          List<MappingReader.Entry> entries = map.takeAll();
          return entries.isEmpty()
              ? value.refuse(POOLS)
              : entries.stream().flatMap(this::pool).toList();
        });
  }

  private Stream<PoolSettings> pool(MappingReader.Entry entry) {
    PoolSettings pool = new PoolReader(entry.name()).read(entry.value());
    if (ValueKind.word().read(entry.key()) == null) {
      return Stream.empty();
    }
    poolNames.add(entry.name());
    pools.add(entry.key());
    return Stream.ofNullable(pool);
  }

  /** The option of that name moves the port, or closes it; what the file says else stays. */
  private @Nullable AdminSettings admin(@Nullable ConfigValue value) {
    AdminSettings inFile = value == null ? AdminSettings.DEFAULT : AdminReader.read(value);
    if (givenAdmin != null) {
      Address.Tcp moved = givenAdmin.address();
      AdminSettings base = inFile == null ? AdminSettings.DEFAULT : inFile;
      return claim(moved == null ? null : base.movedTo(moved), Bindings.ADMIN_OPTION);
    }
    return claim(inFile, Bindings.ADMIN);
  }

  private @Nullable AdminSettings claim(@Nullable AdminSettings admin, String owner) {
    if (admin != null) {
      bindings.claim(admin.address(), owner);
    }
    return admin;
  }

  private Address.@Nullable Tcp twemproxyStats(@Nullable ConfigValue value) {
    if (value == null || value.isFalse()) {
      return null;
    }
    Address.Tcp address = AdminReader.tcp(value, ProxySettings.TWEMPROXY_STATS_PORT);
    String owner = address == null ? null : bindings.claim(address, "twemproxy_stats");
    return owner == null ? address : value.refuse("an address of its own, not that of " + owner);
  }

  private List<ListenerSettings> listeners(ConfigValue value, LimitSettings limits) {
    ListenerReader reader = new ListenerReader(targets, bindings, limits.clients());
    List<ListenerSettings> read = value.list(LISTENERS).stream().flatMap(reader::read).toList();
    if (value.isEmptyList()) {
      value.refuse(LISTENERS);
    }
    return read;
  }

  private List<ListenerSettings> defaultListener(MappingReader map) {
    List<String> sensible = targets.sensible();
    if (sensible.size() > 1) {
      map.map()
          .refuseMissing(
              "listeners", "a listener for each " + targets.kind() + ", as there are several");
    }
    if (sensible.size() != 1) {
      return List.of();
    }
    Address address = ListenerSettings.DEFAULT_ADDRESS;
    String owner = bindings.claim(address, "listeners");
    if (owner != null) {
      map.map()
          .refuseMissing(
              "listeners", "a listener, as " + owner + " has the address of the default one");
    }
    return List.of(ListenerSettings.of(address, sensible.get(0)));
  }

  private void warnOfUnusedPools(Set<String> targets) {
    for (int i = 0; i < pools.size(); i++) {
      String name = poolNames.get(i);
      if (!targets.contains(name) && !usedPools.contains(name)) {
        pools.get(i).warnAs("unused", "a listener or a route that names this pool");
      }
    }
  }
}
