package io.fairlead.server;

import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ThreadSettings;
import io.fairlead.json.JsonException;
import io.fairlead.mcrouter.McrouterConfig;
import io.fairlead.mcrouter.McrouterDefaults;
import io.fairlead.mcrouter.McrouterReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A configuration of mcrouter, with what its command line would say at its defaults.
 *
 * @param warnings what is legal but probably not meant
 */
record McrouterFile(ProxySettings settings, List<Problem> warnings) {
  /** Whether a file is one of mcrouter's, which its name tells. */
  static boolean isOne(Path file) {
    return file.toString().endsWith(".json");
  }

  static McrouterFile read(Path file) throws UserError {
    try {
      Path folder = file.toAbsolutePath().getParent();
      McrouterConfig config =
          McrouterReader.read(
              file.toString(),
              Files.readAllBytes(file),
              folder == null ? file : folder,
              McrouterDefaults.DEFAULT);
      return new McrouterFile(settings(config), config.warnings());
    } catch (JsonException e) {
      throw new UserError(e.getMessage(), e);
    } catch (IOException e) {
      throw new UserError(file + ": cannot be read (" + e.getMessage() + ").", e);
    }
  }

  private static ProxySettings settings(McrouterConfig config) {
    return new ProxySettings(
            List.of(ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, config.tree().name())),
            config.pools(),
            ProxySettings.DEFAULT_ADMIN,
            ThreadSettings.DEFAULT,
            LimitSettings.DEFAULT,
            ProxySettings.DEFAULT_VERSION)
        .withRoutes(List.of(config.tree()));
  }
}
