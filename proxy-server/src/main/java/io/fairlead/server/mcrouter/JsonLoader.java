package io.fairlead.server.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.mcrouter.McrouterConfig;
import io.fairlead.mcrouter.McrouterDefaults;
import io.fairlead.mcrouter.McrouterDefaults.BigValues;
import io.fairlead.mcrouter.McrouterDefaults.Health;
import io.fairlead.mcrouter.McrouterDefaults.Replies;
import io.fairlead.mcrouter.McrouterDefaults.Timeouts;
import io.fairlead.mcrouter.McrouterReader;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.List;

/** Reads the JSON that a command line names, with what the command line says besides. */
public final class JsonLoader implements McrouterLoader {
  /** What messages call a configuration that is on the command line itself. */
  private static final String INLINE = "config-str";

  @Override
  public LoadedRoutes load(McrouterOptions options, SeenFiles files) {
    McrouterConfig config = read(options.config(), defaults(options), files);
    return new LoadedRoutes(
        config.pools(), List.of(config.tree()), config.tree().name(), config.warnings());
  }

  private static McrouterConfig read(
      ConfigSource source, McrouterDefaults defaults, SeenFiles files) {
    if (source instanceof ConfigSource.InFile in) {
      Path folder = in.file().toAbsolutePath().getParent();
      return McrouterReader.read(
          in.file().toString(),
          files.content(in.file()),
          folder == null ? in.file() : folder,
          defaults,
          files);
    }
    String json = ((ConfigSource.Inline) source).json();
    return McrouterReader.read(
        INLINE, json.getBytes(UTF_8), Path.of("").toAbsolutePath(), defaults, files);
  }

  static McrouterDefaults defaults(McrouterOptions options) {
    ServerOptions servers = options.servers();
    FailureOptions failures = options.failures();
    RoutingOptions routing = options.routing();
    long hostId = McrouterDefaults.DEFAULT.hostId();
    return new McrouterDefaults(
        routing.prefix().toString(),
        routing.invalidPrefixToDefault(),
        new Timeouts(
            servers.timeout(),
            servers.withinClusterTimeout(),
            servers.crossClusterTimeout(),
            servers.crossRegionTimeout()),
        new Health(failures.ejects(), failures.untilEjected(), failures.firstProbe()),
        new Replies(failures.missOnGet(), options.spool().on()),
        new BigValues(
            (int) Math.min(routing.bigValueBytes(), Integer.MAX_VALUE), routing.bigValueBatch()),
        hostId,
        options.macroParameters(hostId));
  }
}
