package io.fairlead.server.introspection;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes statistics, options and the sources of the configuration to files, as mcrouter does. */
final class StatsFiles {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");

  private final Path folder;
  private final String name;
  private boolean failing;

  StatsFiles(Path folder, RouterFacts router) {
    this.folder = folder;
    this.name = "libmcrouter." + router.service() + "." + router.router();
  }

  /** What does not change. */
  void writeOptions(Map<String, String> options) {
    write("startup_options", SmallJson.object(options));
  }

  void write(Map<String, String> stats, Map<String, String> sources) {
    write("stats", SmallJson.object(stats, name + ".", false));
    write("config_sources_info", SmallJson.object(sources));
  }

  /** Nobody sees half a file. */
  private void write(String kind, String content) {
    Path file = folder.resolve(name + "." + kind);
    Path fresh = folder.resolve(name + "." + kind + ".tmp");
    try {
      Files.createDirectories(folder);
      Files.writeString(fresh, content + "\n", UTF_8);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      failing = false;
    } catch (IOException e) {
      if (!failing) {
        LOG.atWarn()
            .addKeyValue("file", file)
            .addKeyValue("cause", e)
            .log("statistics cannot be written; make the folder of --stats-root writable");
      }
      failing = true;
    }
  }
}
