package io.fairlead.server.mcrouter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.HostId;
import io.fairlead.mcrouter.McrouterConfig;
import io.fairlead.mcrouter.McrouterDefaults;
import io.fairlead.mcrouter.McrouterDefaults.BigValues;
import io.fairlead.mcrouter.McrouterDefaults.Health;
import io.fairlead.mcrouter.McrouterDefaults.Replies;
import io.fairlead.mcrouter.McrouterDefaults.Timeouts;
import io.fairlead.mcrouter.McrouterReader;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the JSON that a command line names, with what the command line says besides. */
public final class JsonLoader implements McrouterLoader {
  /** What messages call a configuration that is on the command line itself. */
  private static final String INLINE = "config-str";

  @Override
  public LoadedRoutes load(McrouterOptions options, SeenFiles files) {
    ConfigSource source = options.config();
    @Nullable Path file = source instanceof ConfigSource.InFile in ? in.file() : null;
    byte[] content =
        source instanceof ConfigSource.Inline inline
            ? inline.json().getBytes(UTF_8)
            : files.content(((ConfigSource.InFile) source).file());
    McrouterConfig config =
        McrouterReader.read(
            file == null ? INLINE : file.toString(),
            content,
            folder(file),
            defaults(options),
            files);
    return new LoadedRoutes(
        config.pools(),
        List.of(config.tree()),
        config.tree().name(),
        config.warnings(),
        ConfigFacts.of(file, content, config.expansion()));
  }

  /** Where imports are looked for. */
  private static Path folder(@Nullable Path file) {
    if (file == null) {
      return Path.of("").toAbsolutePath();
    }
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  static McrouterDefaults defaults(McrouterOptions options) {
    ServerOptions servers = options.servers();
    FailureOptions failures = options.failures();
    RoutingOptions routing = options.routing();
    long hostId = HostId.ofThisHost();
    return new McrouterDefaults(
        routing.prefix().toString(),
        routing.invalidPrefixToDefault(),
        new Timeouts(
            servers.timeout(),
            servers.withinClusterTimeout(),
            servers.crossClusterTimeout(),
            servers.crossRegionTimeout()),
        new Health(
            failures.ejects(),
            failures.untilEjected(),
            failures.firstProbe(),
            failures.longestProbe()),
        new Replies(
            failures.missOnGet(),
            options.spool().on(),
            failures.missOnArithmetic(),
            failures.grouped(),
            routing.onlyGets()),
        new BigValues(
            (int) Math.min(routing.bigValueBytes(), Integer.MAX_VALUE), routing.bigValueBatch()),
        routing.asMcrouter(),
        hostId,
        options.macroParameters(hostId),
        servers.connection(),
        servers.shadows());
  }
}
