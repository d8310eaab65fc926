package io.fairlead.server.mcrouter;

import io.fairlead.server.watch.SeenFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of the files of the last good configuration, so that a proxy can start again although they
 * have gone bad. They have the names that mcrouter gives them.
 */
public final class ConfigCopies {
  private static final Logger LOG = LoggerFactory.getLogger("fairlead");
  private static final String PREFIX = "file-";
  private static final String UNESCAPED = "-_.~";

  private final Path folder;
  private final Duration oldest;
  private boolean complained;

  ConfigCopies(Path folder, Duration oldest) {
    this.folder = folder;
    this.oldest = oldest;
  }

  /** Where the options say; null for nowhere. mcrouter's own folder counts only if it is there. */
  public static @Nullable ConfigCopies of(McrouterOptions options) {
    ReloadOptions reload = options.reload();
    if (reload.copies().isEmpty()) {
      return null;
    }
    Path root = Path.of(reload.copies());
    if (!reload.copiesAsked() && !Files.isWritable(root)) {
      return null;
    }
    Path folder = root.resolve(options.process().service()).resolve(options.process().router());
    return new ConfigCopies(folder, reload.oldestCopy());
  }

  /** Writes copies of files that have made a good configuration; a failure is logged once. */
  public void keep(Map<Path, byte[]> files) {
    try {
      Files.createDirectories(folder);
      for (Map.Entry<Path, byte[]> file : files.entrySet()) {
        Path copy = copyOf(file.getKey());
        Path fresh = copy.resolveSibling(copy.getFileName() + ".new");
        Files.write(fresh, file.getValue());
        Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      complained = false;
    } catch (IOException e) {
      if (!complained) {
        LOG.atWarn()
            .addKeyValue("folder", folder)
            .addKeyValue("cause", e)
            .log("the configuration cannot be copied for a start without it");
      }
      complained = true;
    }
  }

  /** Whether there is a copy of a file that is young enough. */
  public boolean haveFresh(Path file) {
    try {
      Instant written = Files.getLastModifiedTime(copyOf(file)).toInstant();
      return !oldest.isZero() && written.plus(oldest).isAfter(Instant.now());
    } catch (IOException e) {
      return false;
    }
  }

  /** Files that are read from their copies where these are young enough. */
  public SeenFiles files() {
    return SeenFiles.readingInstead(file -> haveFresh(file) ? copyOf(file) : file);
  }

  private Path copyOf(Path file) {
    StringBuilder name = new StringBuilder(PREFIX);
    for (byte b : file.toString().getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (isPlain || UNESCAPED.indexOf(c) >= 0) {
        name.append(c);
      } else {
        name.append("%%%02X".formatted((int) c));
      }
    }
    return folder.resolve(name.toString());
  }
}
