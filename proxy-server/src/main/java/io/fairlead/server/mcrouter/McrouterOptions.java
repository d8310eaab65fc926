package io.fairlead.server.mcrouter;

import io.fairlead.config.HostId;
import io.fairlead.config.LoadSettings;
import io.fairlead.server.introspection.RouterFacts;
import io.fairlead.server.mcrouter.McrouterOption.Kind;
import io.fairlead.server.mcrouter.McrouterOption.Scope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What a command line of mcrouter asks for, with mcrouter's defaults for what it does not say. */
public final class McrouterOptions {
  /** The only kind of router that there is here. */
  private static final String ROUTER_INFO = "Memcache";

  private final OptionValues values;
  private final List<String> warnings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final ConfigSource config;
  private final ListenOptions listen;
  private final RoutingOptions routing;
  private final ServerOptions servers;
  private final FailureOptions failures;
  private final LoadSettings load;
  private final SpoolOptions spool;
  private final ReloadOptions reload;
  private final ThreadOptions threads;
  private final TlsOptions tls;
  private final ProcessOptions process;

  private McrouterOptions(OptionValues values) throws McrouterMistake {
    this.values = values;
    listen = ListenOptions.of(values);
    tls = TlsOptions.of(values);
    config = ConfigSource.of(values);
    routing = RoutingOptions.of(values);
    servers = ServerOptions.of(values, tls);
    failures = FailureOptions.of(values);
    load = LoadOptions.of(values);
    spool = SpoolOptions.of(values);
    reload = ReloadOptions.of(values);
    threads = ThreadOptions.of(values);
    process = ProcessOptions.of(values, listen);
  }

  /**
   * The options of a command line, and of the flavor file that it names.
   *
   * @throws McrouterMistake when it cannot be followed, such as for a number that is none
   */
  public static McrouterOptions of(McrouterArguments arguments) throws McrouterMistake {
    OptionValues values = new OptionValues(arguments.table());
    FlavorFile flavor = FlavorFile.find(arguments);
    for (GivenOption given : flavor.given()) {
      values.give(given);
    }
    for (GivenOption given : arguments.given()) {
      values.give(given);
    }
    McrouterOptions options = new McrouterOptions(values);
    if (options.process.validation() != ProcessOptions.Validation.EXIT) {
      options.listen.requireSomewhere(options.tls);
    }
    options.warnings.addAll(arguments.ignored());
    options.warnings.addAll(flavor.ignored());
    options.warnings.addAll(values.notes());
    options.addFates();
    return options;
  }

  private void addFates() {
    for (GivenOption given : values.given()) {
      McrouterOption option = given.option();
      String remark = option.remark();
      switch (option.fate()) {
        case HONOURED -> {}
        case NO_EFFECT -> notes.add(given.spelling() + " has no effect: " + remark);
        case GONE ->
            warnings.add(given.spelling() + " is gone from mcrouter and has no effect: " + remark);
      }
    }
  }

  /** Where the configuration is. */
  public ConfigSource config() {
    return config;
  }

  public ListenOptions listen() {
    return listen;
  }

  public RoutingOptions routing() {
    return routing;
  }

  public ServerOptions servers() {
    return servers;
  }

  public FailureOptions failures() {
    return failures;
  }

  public LoadSettings load() {
    return load;
  }

  public SpoolOptions spool() {
    return spool;
  }

  public ReloadOptions reload() {
    return reload;
  }

  public ThreadOptions threads() {
    return threads;
  }

  public TlsOptions tls() {
    return tls;
  }

  public ProcessOptions process() {
    return process;
  }

  /** What an operator should know about the command line: one sentence each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** What it may as well leave out: one sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** Every option that introspection lists, by mcrouter's name for it; toggles are 0 or 1. */
  public SortedMap<String, String> options() {
    return values.listed(EnumSet.of(Scope.LIBRARY), EnumSet.allOf(Kind.class));
  }

  /** These and the options of the server around it, as the file of startup options has them. */
  public SortedMap<String, String> startupOptions() {
    return values.listed(EnumSet.of(Scope.LIBRARY, Scope.STANDALONE), EnumSet.allOf(Kind.class));
  }

  /**
   * What introspection tells of the process.
   *
   * @param version the name and version of this program
   * @param arguments the command line
   */
  public RouterFacts facts(String version, String arguments) {
    return new RouterFacts(
        version,
        HostId.ofThisHost(),
        process.service(),
        process.router(),
        arguments,
        options(),
        startupOptions());
  }

  /**
   * The parameters that every macro may use without defining them: a {@link Long} or a {@link
   * String} each.
   *
   * <p>What mcrouter sets itself wins over {@code --config-params}, and that over options.
   *
   * @param hostId the number of this machine
   */
  public Map<String, Object> macroParameters(long hostId) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("default-route", routing.prefix().toString());
    parameters.put("default-region", routing.prefix().region());
    parameters.put("default-cluster", routing.prefix().cluster());
    parameters.put("hostid", hostId);
    parameters.put("router-name", process.router());
    parameters.put("service-name", process.service());
    parameters.put("router-info-name", ROUTER_INFO);
    parameters.put("service-router-capable", 0L);
    parameters.put("num-proxies", values.text("num_proxies"));
    routing.configParams().forEach(parameters::putIfAbsent);
    values
        .listed(EnumSet.of(Scope.LIBRARY), EnumSet.of(Kind.NUMBER, Kind.TOGGLE))
        .forEach((name, value) -> parameters.putIfAbsent("mcr_opts-" + name, value));
    return parameters;
  }
}
