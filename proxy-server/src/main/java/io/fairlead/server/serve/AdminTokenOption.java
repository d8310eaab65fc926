package io.fairlead.server.serve;

import io.fairlead.config.AdminSettings;
import io.fairlead.config.ProxySettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may change something at the admin port, in place of what the file says about that. */
final class AdminTokenOption {
  static final String NAME = "--admin-token-file";

  @Option(
      names = NAME,
      paramLabel = "FILE",
      description = {
        "Has the token of those who may drain servers and the",
        "like at the admin port; default: nobody may."
      })
  private @Nullable Path file;

  ProxySettings applyTo(ProxySettings settings) {
    AdminSettings admin = settings.admin();
    return file == null || admin == null
        ? settings
        : settings.change().admin(admin.withTokenFile(file)).build();
  }
}
