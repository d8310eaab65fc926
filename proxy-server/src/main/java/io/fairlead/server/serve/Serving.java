package io.fairlead.server.serve;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.command.UserError;
import io.fairlead.server.command.Version;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.introspection.McrouterIntrospection;
import io.fairlead.server.introspection.RouterFacts;
import io.fairlead.server.log.Logs;
import io.fairlead.server.process.Hangup;
import io.fairlead.server.process.ProxyProcess;
import io.fairlead.server.process.UntilStopped;
import io.fairlead.server.settings.FileSettings;
import io.fairlead.server.settings.LiveConfig;
import io.fairlead.server.settings.Reload;
import io.fairlead.server.warmup.WarmUp;
import io.fairlead.server.watch.SeenFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A proxy from its settings until the process is told to stop.
 *
 * @param source where the settings are from and may change; null when they are from options
 * @param files those that the settings are from
 * @param watched whether a changed file is taken by itself, where its own word allows that
 * @param arguments the command line
 */
record Serving(
    ProxySettings settings,
    @Nullable FileSettings source,
    SeenFiles files,
    boolean watched,
    List<String> arguments) {

  // Written out because a compact constructor loses the @Nullable of its parameters.
  Serving(
      ProxySettings settings,
      @Nullable FileSettings source,
      SeenFiles files,
      boolean watched,
      List<String> arguments) {
    this.settings = settings;
    this.source = source;
    this.files = files;
    this.watched = watched;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * Returns when it has stopped.
   *
   * @param takeover the socket of the proxy whose listeners it goes on with; null for none
   */
  void run(@Nullable Path takeover) throws UserError, InterruptedException {
    WarmUp warmUp = WarmUp.of(settings, System.getenv());
    McrouterIntrospection introspection = introspection();
    Hangup hangup = source == null ? null : Hangup.awaiting();
    UntilStopped.run(
        () -> ProxyProcess.start(settings, introspection, takeover, warmUp),
        process -> {
          if (source != null && hangup != null) {
            hangup.handleBy(follow(source, process, introspection)::onHangup);
          }
          process.announce(settings); // the last: from then on somebody may send a signal
        },
        ProxyProcess::stop);
  }

  /** The watch ends with the process, as it may be needed until then. */
  private LiveConfig follow(
      FileSettings source, ProxyProcess process, @Nullable McrouterIntrospection introspection) {
    Reload reload = new Reload(source, process::update, introspection);
    LiveConfig live = LiveConfig.start(reload, files, settings.reload() && watched);
    process.onReloadable(live);
    return live;
  }

  /** What tells clients about the proxy, when a listener has that switched on. */
  private @Nullable McrouterIntrospection introspection() {
    if (settings.listeners().stream().noneMatch(ListenerSettings::hasIntrospection)) {
      return null;
    }
    return new McrouterIntrospection(
        RouterFacts.of("fairlead-" + Version.text(), String.join(" ", arguments)),
        source == null ? ConfigFacts.none() : source.facts(),
        Logs.verbosity());
  }
}
