package io.fairlead.server.settings;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.admin.ConfigStatus;
import io.fairlead.server.introspection.ConfigFacts;
import io.fairlead.server.introspection.McrouterIntrospection;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.watch.FileWatch;
import io.fairlead.server.watch.SeenFiles;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a running proxy take what its files say now; while they are broken it goes on as it is. Here,
 * and nowhere else, is counted how often.
 */
public final class Reload implements FileWatch.Reader {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final String KEPT = "Failed to reconfigure: the running configuration stays";

  private final SettingsSource source;
  private final Function<ProxySettings, List<String>> proxy;
  private final @Nullable McrouterIntrospection introspection;
  private volatile ConfigStatus status;

  /**
   * @param source which has been read once
   * @param proxy takes settings, and returns the keys of what takes a restart; or refuses them with
   *     an {@link IllegalArgumentException} or {@link UncheckedIOException}
   * @param introspection tells clients what became of it; null for nobody
   */
  public Reload(
      SettingsSource source,
      Function<ProxySettings, List<String>> proxy,
      @Nullable McrouterIntrospection introspection) {
    this.source = source;
    this.proxy = proxy;
    this.introspection = introspection;
    this.status = ConfigStatus.beginning(source.facts().digest());
  }

  /** How things are; from any thread. */
  ConfigStatus status() {
    return status;
  }

  @Override
  public SeenFiles readAgain() {
    SeenFiles files = new SeenFiles();
    try {
      loaded(proxy.apply(source.read(files)), source.facts());
    } catch (ConfigException e) {
      refused(e.problems().stream().map(Problem::toString).toList());
    } catch (McrouterMistake | IllegalArgumentException | UncheckedIOException e) {
      refused(List.of(String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.error(KEPT + ", because of a bug, please report it", e);
      refused(List.of(e.toString()));
    }
    return files;
  }

  private void loaded(List<String> takeRestart, ConfigFacts facts) {
    if (!takeRestart.isEmpty() && !takeRestart.equals(status.takeRestart())) {
      LOG.atWarn()
          .addKeyValue("keys", String.join(" ", takeRestart))
          .log("some of the configuration takes a restart, and stays as it was until then");
    }
    status = status.loaded(facts.digest(), takeRestart);
    if (introspection != null) {
      introspection.onLoaded(facts);
    }
    LOG.info("reconfigured");
  }

  /** The same problems as before are no news. */
  private void refused(List<String> problems) {
    if (!problems.equals(status.problems())) {
      problems.forEach(problem -> LOG.atError().addKeyValue("problem", problem).log(KEPT));
    }
    status = status.refused(problems);
    if (introspection != null) {
      introspection.onLoadFailed();
    }
  }
}
