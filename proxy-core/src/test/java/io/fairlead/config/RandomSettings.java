package io.fairlead.config;

import io.fairlead.config.AccessRule.AccessCommand;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.ProbeSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.ListenerTlsSettings.ClientCertificate;
import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.HashTag;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Settings that a file can say, drawn from a seed; names are such that YAML might mistake them. */
final class RandomSettings {
  private static final List<String> AWKWARD =
      List.of(
          "no",
          "null",
          "~",
          "1e3",
          "1:30",
          "0777",
          "2001-01-01",
          "-",
          "---",
          "a:",
          "#a",
          "a#",
          "*a",
          "&a",
          "!a",
          "'",
          "\"",
          "\\",
          "%a",
          "@a",
          "{}",
          "[a]",
          "a,b",
          "a:b",
          "=",
          "<<",
          "|",
          ">",
          "?");

  private final Random random;

  /** From servers, and so for every listener. */
  private int largestValue;

  RandomSettings(long seed) {
    random = new Random(seed);
  }

  ProxySettings proxy() {
    List<PoolSettings> pools = list(1 + random.nextInt(3), this::pool);
    LimitSettings limits = limits();
    largestValue = limits.valueBytes();
    List<RouteTreeSettings> trees = trees(pools);
    List<ListenerSettings> listeners = new ArrayList<>();
    trees.forEach(tree -> listeners.add(listener(listeners.size(), tree.name())));
    for (int i = below(3) + (trees.isEmpty() ? 1 : 0); i > 0; i--) {
      listeners.add(listener(listeners.size(), pools.get(below(pools.size())).name()));
    }
    return ProxySettings.of(listeners, pools)
        .admin(random.nextBoolean() ? null : admin())
        .threads(
            flag()
                ? ThreadSettings.auto(
                    2 + below(255), pick(ThreadSettings.Transport.values()), flag())
                : new ThreadSettings(
                    1 + below(256), pick(ThreadSettings.Transport.values()), flag()))
        .limits(limits)
        .version(word("v"))
        .twemproxyStats(
            flag() ? null : new Address.Tcp(pick("h", "::1", "10.0.0.1"), 101 + below(99)))
        .routes(trees)
        .deleteSpool(flag() ? null : spool())
        .shutdown(shutdown())
        .reload(flag())
        .build();
  }

  private AdminSettings admin() {
    return new AdminSettings(
        new Address.Tcp(pick("h", "::1", "10.0.0.1"), 1 + below(99)),
        flag(),
        flag() ? null : Path.of(pick("/run/token", "./t", "../a b")),
        flag() ? List.of() : List.of("h", "proxy1.example.com"));
  }

  private ShutdownSettings shutdown() {
    Duration none = Duration.ZERO;
    return new ShutdownSettings(flag() ? none : time(), time(), flag() ? none : time());
  }

  private List<RouteTreeSettings> trees(List<PoolSettings> pools) {
    RandomRoutes routes = new RandomRoutes(this, pools);
    return list(
        below(3),
        i ->
            new RouteTreeSettings(
                word("tree" + i),
                routes.tree(),
                new ReplySettings(
                    pick(MultigetFailure.values()),
                    pick(ArithmeticFailure.values()),
                    pick(ErrorText.values()))));
  }

  private ListenerSettings listener(int i, String target) {
    boolean unix = flag();
    AccessSettings access = access();
    Address address = unix ? new Address.Unix("/run/ü \"#" + i) : tcp(1000 + i);
    return ListenerSettings.with(address, target)
        .allow(flag() || !access.rules().isEmpty() ? Set.of() : Set.of(GuardedCommand.FLUSH_ALL))
        .socket(
            new SocketSettings(
                1 + below(65535), flag(), flag(), unix && flag() ? below(0777 + 1) : null))
        .connections(below((1 << 20) + 1))
        .onParseError(pick(ParseError.values()))
        .introspectionFrom(flag() ? List.of() : list(1 + below(2), each -> range()))
        .tls(flag() ? null : listenerTls())
        .access(access)
        .limits(flag() ? null : clientLimits(largestValue))
        .build();
  }

  private AccessSettings access() {
    List<AccessRule> rules = flag() ? List.of() : list(below(3), this::rule);
    return new AccessSettings(flag() ? null : Path.of("/etc/ü \"#" + word("u")), rules);
  }

  private AccessRule rule(int i) {
    Set<AccessCommand> commands =
        EnumSet.copyOf(List.of(pick(AccessCommand.values()), pick(AccessCommand.values())));
    commands.remove(AccessCommand.FLUSH_ALL);
    return new AccessRule(
        i == 0 ? AccessRule.EVERYBODY : word("i" + i),
        commands,
        list(below(3), each -> word("ü" + each).replace(" ", "")),
        flag());
  }

  private AddressRange range() {
    return AddressRange.parse(pick("10.0.0.0/8", "::1", "2001:db8::/32", "192.0.2.7"));
  }

  private PoolSettings pool(int i) {
    Mode mode = pick(Mode.values());
    boolean isRing = flag();
    List<ServerSettings> servers = list(below(4), isRing ? this::server : this::equalServer);
    PlacementSettings placement = isRing ? ring() : mcrouterHash(servers.size());
    return new PoolSettings(
        word("p" + i),
        mode,
        servers,
        placement,
        time(),
        time(),
        1 + below(64),
        flag(),
        flag(),
        pick(MultigetFailure.values()),
        pick(ArithmeticFailure.values()),
        pick(ErrorText.values()),
        mode == Mode.SHARDED ? ReplicaSettings.defaultFor(mode) : replicas(mode),
        flag() ? EjectSettings.OFF : eject(placement),
        flag(),
        hasListForServers(placement) ? DiscoverySettings.NONE : discovery(),
        connection(),
        hotKeys(),
        flag());
  }

  private HotKeySettings hotKeys() {
    return flag()
        ? HotKeySettings.OFF
        : new HotKeySettings(true, 1 + below(100), pick(HotKeySettings.Show.values()));
  }

  private static boolean hasListForServers(PlacementSettings placement) {
    return placement instanceof McrouterHashSettings hash
        && (hash.function().isWeighted() || !hash.tags().isEmpty());
  }

  private DiscoverySettings discovery() {
    List<SourcePlace> places =
        List.of(
            new SourcePlace.Dns("cache.example.com", 1 + below(65535)),
            new SourcePlace.Srv("_memcache._tcp." + word("c").replaceAll("[^a-z]", "x")),
            new SourcePlace.ServerFile(Path.of("/etc/ü \"#" + word("f"))),
            new SourcePlace.Kubernetes("default", "cache", pick("11211", "memcached")),
            new SourcePlace.ElastiCache("10.0.0.1", 1 + below(65535)));
    List<SourceSettings> sources = list(below(places.size()), i -> source(places.get(i)));
    return sources.isEmpty() ? DiscoverySettings.NONE : new DiscoverySettings(sources, time());
  }

  private SourceSettings source(SourcePlace place) {
    return new SourceSettings(place, pick(place.identities().toArray(Identity[]::new)));
  }

  private ReplicaSettings replicas(Mode mode) {
    boolean missFailover = flag();
    boolean hasPrimary = mode == Mode.PRIMARY_REPLICA;
    return new ReplicaSettings(
        pick(ReplicaSettings.WritePolicy.values()),
        pick(ReplicaSettings.ReadFrom.values()),
        missFailover,
        missFailover ? pick(0.0, 1.0, 0.25, 1e-7) : 0,
        pick(ReplicaSettings.MissedWrites.values()),
        hasPrimary ? pick(ReplicaSettings.Promote.values()) : ReplicaSettings.Promote.FIRST_LIVE,
        !hasPrimary || flag());
  }

  private ConnectionSettings connection() {
    return new ConnectionSettings(
        pick(KeepaliveSettings.DEFAULT, KeepaliveSettings.OFF, keepalive()),
        flag() ? Duration.ZERO : time(),
        below(101),
        pick(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMinutes(60)),
        flag() ? null : serverTls(),
        flag()
            ? null
            : pick(
                new PasswordPlace.InFile(Path.of("./ü \"#" + word("f"))),
                new PasswordPlace.InEnvironment("A_1")));
  }

  private ListenerTlsSettings listenerTls() {
    boolean knowsClients = flag();
    return new ListenerTlsSettings(
        keys(),
        knowsClients ? file("ca") : null,
        knowsClients ? pick(ClientCertificate.values()) : ClientCertificate.REQUIRED,
        tlsTerms(),
        below(1001));
  }

  private ServerTlsSettings serverTls() {
    return new ServerTlsSettings(
        flag() ? null : file("ca"),
        flag() ? null : keys(),
        flag() ? null : "cache-" + below(10) + ".example.com",
        pick(ServerCheck.values()),
        tlsTerms());
  }

  private KeyFiles keys() {
    return new KeyFiles(file("certificate"), file("key"));
  }

  private TlsTerms tlsTerms() {
    return new TlsTerms(
        pick(TlsVersion.values()),
        list(below(3), i -> pick("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384")),
        time());
  }

  private Path file(String name) {
    return Path.of("/etc/ü \"#" + word(name));
  }

  private KeepaliveSettings keepalive() {
    return new KeepaliveSettings(
        true,
        Duration.ofSeconds(1 + below(3600)),
        Duration.ofSeconds(1 + below(3600)),
        1 + below(127));
  }

  private SpoolSettings spool() {
    return new SpoolSettings(
        Path.of("/var/spool/ü \"#" + word("d")),
        1 + below(2),
        pick(SpoolSettings.Fsync.values()),
        time(),
        ((long) size(1, 1 << 20)) << 16,
        1 + below(1 << 20),
        time(),
        flag());
  }

  private EjectSettings eject(PlacementSettings placement) {
    Duration one = time();
    Duration other = time();
    Duration shorter = one.compareTo(other) < 0 ? one : other;
    Duration longer = one.compareTo(other) < 0 ? other : one;
    WhileEjected fixed = flag() ? WhileEjected.ERROR : WhileEjected.MISS;
    return new EjectSettings(
        true,
        1 + below(1000),
        1 + below(1000),
        shorter,
        longer,
        1 + below(100),
        flag() ? Duration.ZERO : time(),
        new ProbeSettings(shorter, longer),
        flag() ? PanicSettings.NEVER : new PanicSettings(1 + below(100), pick(InPanic.values())),
        placement.canRehash() ? pick(WhileEjected.values()) : fixed);
  }

  RingSettings ring() {
    return new RingSettings(
        pick(KeyHash.values()),
        pick(DistributionKind.values()),
        flag() ? null : HashTag.of("" + (char) ('!' + below(94)) + (char) ('!' + below(94))),
        pick(KeyBytes.values()));
  }

  private McrouterHashSettings mcrouterHash(int servers) {
    McrouterHash function = pick(McrouterHash.values());
    return new McrouterHashSettings(
        function,
        pick("", "é \n\u2028", word("salt"), word("")),
        function.isWeighted() ? list(servers, i -> share()) : List.of(),
        function.usesTags() && flag() ? list(servers, i -> word("tag " + i)) : List.of());
  }

  PlacementSettings placement(int servers) {
    return flag() ? ring() : mcrouterHash(servers);
  }

  /** A number from 0 to 1. */
  double share() {
    return pick(0.0, 1.0, 0.5, random.nextDouble(), Math.nextDown(1.0), Double.MIN_VALUE);
  }

  private ServerSettings equalServer(int i) {
    ServerSettings server = server(i);
    return new ServerSettings(server.name(), server.address(), 1);
  }

  private ServerSettings server(int i) {
    Address address = flag() ? tcp(11210 + i) : new Address.Unix("/run/ ü\\" + i);
    return flag()
        ? ServerSettings.at(address)
        : new ServerSettings(word("s" + i), address, 1 + below(1_000_000), flag());
  }

  private LimitSettings limits() {
    return new LimitSettings(
        clientLimits(128 << 20),
        1 + below(1 << 20),
        size(4 << 10, 1 << 30),
        ((long) size(1, 1 << 20)) << 20,
        1 + below(1 << 20),
        new LoadSettings(below(99), below(99), flag() ? Duration.ZERO : time(), below(99)));
  }

  private ClientLimits clientLimits(int largestValue) {
    int perSecond = flag() ? 0 : below(1 << 20);
    return new ClientLimits(
        size(1 << 10, largestValue),
        size(128, 1 << 20),
        size(128, 64 << 20),
        below(1 << 20),
        size(4 << 10, 1 << 30),
        time(),
        1 + below(1 << 20),
        below(1 << 20),
        flag() ? Duration.ZERO : time(),
        flag() ? Duration.ZERO : time(),
        perSecond,
        flag() ? 0 : Math.max(1, perSecond / 100) + below(100));
  }

  private Address tcp(int port) {
    return new Address.Tcp(pick("h-1.example", "fe80::1%eth0", "127.0.0.1", "no"), port);
  }

  Duration time() {
    int number = 1 + below(60);
    return pick(
        Duration.ofMillis(1 + below(3_600_000)),
        Duration.ofSeconds(number),
        Duration.ofMinutes(number));
  }

  /** Often in whole units, sometimes at a bound. */
  private int size(int least, int most) {
    int any = least + below(most - least + 1);
    return pick(least, most, any, Math.max(least, any & -1024), Math.max(least, any & -(1 << 20)));
  }

  /** A name that starts with {@code unique}, or ends with it, with something awkward around. */
  String word(String unique) {
    String awkward = AWKWARD.get(below(AWKWARD.size()));
    return pick(unique, awkward + unique, unique + awkward, awkward + awkward + unique);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean flag() {
    return random.nextBoolean();
  }

  @SafeVarargs
  final <T> T pick(T... choices) {
    return choices[below(choices.length)];
  }

  static <T> List<T> list(int size, IntFunction<T> element) {
    return IntStream.range(0, size).mapToObj(element).toList();
  }
}
