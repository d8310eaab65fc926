package io.fairlead.mcrouter;

import io.fairlead.config.Address;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ServerSettings;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.Setting;
import io.fairlead.mcrouter.McrouterDefaults.Timeouts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pools of a configuration, each read when the first route leads to it. */
final class Pools {
  private static final int LONGEST_TIMEOUT_MILLIS = 1_000_000;

  /** Stands for an address that is refused. */
  private static final Address ANYWHERE = new Address.Tcp("refused", 1);

  private final @Nullable Setting definitions;
  private final McrouterDefaults defaults;
  private final Findings findings;
  private final HashReader hashes;
  private final Map<String, Pool> read = new LinkedHashMap<>();
  private final Set<String> withoutSpool = new LinkedHashSet<>();

  Pools(@Nullable Setting definitions, McrouterDefaults defaults, Findings findings) {
    this.definitions = definitions;
    this.defaults = defaults;
    this.findings = findings;
    this.hashes = new HashReader(findings);
    if (definitions != null) {
      definitions.object();
    }
  }

  /**
   * A pool and what its routes need to know beyond its settings.
   *
   * @param params how it was written
   * @param members its servers as they were written, of which some may be route handles
   * @param keepsPrefix whether its servers get keys with their routing prefix
   */
  record Pool(PoolSettings settings, Params params, List<Setting> members, boolean keepsPrefix) {}

  /** The pools that were asked for. */
  List<PoolSettings> settings() {
    return read.values().stream().map(this::settings).toList();
  }

  private PoolSettings settings(Pool pool) {
    PoolSettings settings = pool.settings();
    return defaults.replies().spoolDeletes() && !withoutSpool.contains(settings.name())
        ? settings
        : settings.withoutSpool();
  }

  /** Whether servers of a pool that was asked for want keys with their routing prefix. */
  boolean keepPrefixes() {
    return read.values().stream().anyMatch(Pool::keepsPrefix);
  }

  /** Deletes that servers of a pool cannot be told of are not kept for them. */
  void spoolNoDeletes(String pool) {
    withoutSpool.add(pool);
  }

  /** A name that no pool has, which begins with the wanted one. */
  String unused(String wanted) {
    return unused(wanted, new LinkedHashSet<>(read.keySet()));
  }

  /** The pool that a route names, or has as an object of its own; an empty one if refused. */
  Pool pool(Setting reference) {
    return findings.or(nothing(reference), () -> named(reference));
  }

  private Pool nothing(Setting reference) {
    PoolSettings empty = PoolSettings.of("", Mode.SHARDED, List.of());
    return new Pool(empty, new Params(reference, findings), List.of(), false);
  }

  private Pool named(Setting reference) {
    if (reference.isObject()) {
      return read.computeIfAbsent(
          reference.required("name").text(), name -> readPool(name, reference));
    }
    String name = reference.text();
    Pool known = read.get(name);
    if (known == null) {
      known = readPool(name, inherited(name, reference, new LinkedHashSet<>()));
      read.put(name, known);
    }
    return known;
  }

  private String expectedPool() {
    if (definitions == null || definitions.members().isEmpty()) {
      return "the name of a pool under pools, of which there is none";
    }
    return "a pool named under pools; there "
        + Names.are(definitions.members().stream().map(Setting::key).toList());
  }

  private Setting inherited(String name, Setting reference, Set<String> seen) {
    Setting definition = definitions == null ? null : definitions.at(name);
    if (definition == null) {
      throw reference.refused(expectedPool());
    }
    if (!seen.add(name)) {
      throw reference.refused("a pool that does not inherit from itself");
    }
    if (definition.isText() && definition.text().startsWith("file:")) {
      throw definition.refused("an object; a pool in a file of its own is taken in by @import");
    }
    Setting parent = definition.at("inherit");
    if (parent == null) {
      return definition;
    }
    return merged(definition, inherited(parent.text(), parent, seen));
  }

  /** What the heir says itself wins. */
  private static Setting merged(Setting heir, Setting parent) {
    List<JsonMember> members = new ArrayList<>(heir.object().members());
    for (JsonMember member : parent.object().members()) {
      if (heir.object().value(member.key()) == null) {
        members.add(member);
      }
    }
    return new Setting(
        heir.path(), heir.key(), new JsonObject(heir.json().position(), List.copyOf(members)));
  }

  private Pool readPool(String name, Setting definition) {
    Params params = new Params(definition, findings).ignore("name", "inherit", "pool_id");
    Setting servers = params.at("servers");
    if (servers == null || !(servers.json() instanceof JsonArray)) {
      throw definition.refused("servers: an array, which may be empty");
    }
    requireAscii(params);
    warnOfForeign(params);
    List<Setting> members = servers.items();
    Duration timeout = millis(params, "server_timeout", byLocality(params));
    Encryption encryption = new Encryption(params, defaults.routePrefix());
    List<ServerSettings> own = servers(params, members, encryption);
    PoolSettings settings =
        PoolSettings.with(name, Mode.SHARDED, own)
            .placement(placement(params).forServers(members.size()))
            .timeout(timeout)
            .connectTimeout(millis(params, "connect_timeout", timeout))
            .preconnect(false)
            .connection(encryption.of(own, defaults.connection()))
            .eject(eject())
            .build();
    boolean keepsPrefix = params.flagOr("keep_routing_prefix", false);
    params.warnOfUnknown();
    return new Pool(settings, params, members, keepsPrefix);
  }

  private static void requireAscii(Params params) {
    require(params, "protocol", "ascii", "ascii, which is the only protocol that memcached speaks");
  }

  private static void require(Params params, String key, String only, String expected) {
    Setting value = params.at(key);
    if (value != null && !params.textOr(key, only).equals(only)) {
      params.findings().refuse(value.refused(expected));
    }
  }

  private static void warnOfForeign(Params params) {
    params.warnOfUnused("qos", "packets are not marked");
    params.warnOfUnused("tko_tracker", "a pool never ignores that its servers are down");
    for (String key :
        List.of(
            "enable_compression",
            "hostnames",
            "failure_domains",
            "additional_fanout",
            "disable_request_deadline_check",
            "services",
            "service_id_override")) {
      params.warnOfUnused(key, "it belongs to infrastructure that memcached does not have");
    }
  }

  private Duration byLocality(Params params) {
    String region = params.textOr("region", "");
    String cluster = params.textOr("cluster", "");
    String[] usual = defaults.routePrefix().split("/", -1);
    Timeouts timeouts = defaults.timeouts();
    if (region.isEmpty() || usual.length < 3) {
      return timeouts.server();
    }
    Duration own =
        !region.equals(usual[1])
            ? timeouts.crossRegion()
            : cluster.isEmpty()
                ? Duration.ZERO
                : cluster.equals(usual[2]) ? timeouts.withinCluster() : timeouts.crossCluster();
    return own.isZero() ? timeouts.server() : own;
  }

  private static Duration millis(Params params, String key, Duration otherwise) {
    Setting setting = params.at(key);
    return setting == null
        ? otherwise
        : Duration.ofMillis(params.integerOr(key, 1, 1, LONGEST_TIMEOUT_MILLIS));
  }

  /** Of the members, those that are servers and no route handles. */
  private static List<ServerSettings> servers(
      Params params, List<Setting> members, Encryption encryption) {
    int port = params.integerOr("port_override", 0, 0, 65535);
    params.ignore("port_override_within_dc", "port_override_cross_dc");
    List<ServerSettings> servers = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (Setting member : members) {
      if (!member.isObject()) {
        Address address = params.findings().or(ANYWHERE, () -> ServerText.read(member, port));
        boolean tls = params.findings().or(false, () -> encryption.isSecure(member));
        servers.add(new ServerSettings(unused(address.toString(), names), address, 1, tls));
      }
    }
    return servers;
  }

  /** A server may be in a pool twice, and a pool be called as a tree. */
  private static String unused(String name, Set<String> taken) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + "#" + i;
    }
    return candidate;
  }

  private McrouterHashSettings placement(Params params) {
    return findings.or(McrouterHashSettings.of(McrouterHash.CH3), () -> given(params));
  }

  private McrouterHashSettings given(Params params) {
    Setting hash = params.at("hash");
    if (hash != null && PoolHandles.isRouteOfItsOwn(HashReader.nameOf(hash))) {
      return McrouterHashSettings.of(McrouterHash.CH3);
    }
    if (hash != null) {
      return hashes.read(hash, params);
    }
    Setting weights = params.at("weights");
    params.ignore("tags");
    return weights == null
        ? McrouterHashSettings.of(McrouterHash.CH3)
        : new McrouterHashSettings(
            McrouterHash.WEIGHTED_CH3, "", HashReader.weights(weights), List.of());
  }

  private EjectSettings eject() {
    McrouterDefaults.Health health = defaults.health();
    if (!health.ejects()) {
      return EjectSettings.OFF;
    }
    return EjectSettings.with(WhileEjected.ERROR)
        .failures(health.failures())
        .connectFailures(1)
        .probe(health.firstProbe(), health.longestProbe())
        .ramp(Duration.ZERO)
        .build();
  }
}
