package io.fairlead.server;

import io.fairlead.config.ConfigException;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.server.introspection.McrouterIntrospection;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.server.watch.FileWatch;
import io.fairlead.server.watch.SeenFiles;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a running proxy take what its files say now; while they are broken it goes on as it is. */
final class Reload implements FileWatch.Reader {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final String KEPT = "Failed to reconfigure: the running configuration stays";

  private final McrouterSource source;
  private final Consumer<ProxySettings> proxy;
  private final McrouterIntrospection introspection;

  /**
   * @param proxy takes settings, or refuses them with an {@link IllegalArgumentException}
   * @param introspection tells clients what became of it
   */
  Reload(
      McrouterSource source, Consumer<ProxySettings> proxy, McrouterIntrospection introspection) {
    this.source = source;
    this.proxy = proxy;
    this.introspection = introspection;
  }

  @Override
  public SeenFiles readAgain() {
    SeenFiles files = new SeenFiles();
    if (takeWhatIsRead(files)) {
      introspection.onLoaded(source.facts());
    } else {
      introspection.onLoadFailed();
    }
    return files;
  }

  private boolean takeWhatIsRead(SeenFiles files) {
    try {
      proxy.accept(source.read(files));
      LOG.info("reconfigured");
      return true;
    } catch (ConfigException e) {
      for (Problem problem : e.problems()) {
        LOG.atError().addKeyValue("problem", problem).log(KEPT);
      }
    } catch (McrouterMistake | IllegalArgumentException e) {
      LOG.atError().addKeyValue("problem", e.getMessage()).log(KEPT);
    } catch (RuntimeException e) {
      LOG.error(KEPT + ", because of a bug, please report it", e);
    }
    return false;
  }
}
