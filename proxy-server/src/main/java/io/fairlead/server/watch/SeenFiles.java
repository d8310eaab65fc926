package io.fairlead.server.watch;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigLoader;
import io.fairlead.macro.FileSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The files that a configuration was read from, as they were then; also those that were asked for
 * in vain.
 */
public final class SeenFiles implements FileSource {
  private static final int LARGEST = (16 << 20) + 1;

  /**
   * A file.
   *
   * @param stamp taken before it was read, so that a change meanwhile is noticed
   * @param digest of its content; null when it could not be read
   */
  record Seen(Stamp stamp, @Nullable String digest) {
    Seen(Stamp stamp, @Nullable String digest) {
      this.stamp = stamp;
      this.digest = digest;
    }
  }

  private final Function<Path, Stamp> look;
  private final UnaryOperator<Path> place;
  private final Map<Path, Seen> files = new LinkedHashMap<>();
  private final Map<Path, byte[]> contents = new LinkedHashMap<>();

  public SeenFiles() {
    this(Stamp::of);
  }

  SeenFiles(Function<Path, Stamp> look) {
    this(look, UnaryOperator.identity());
  }

  private SeenFiles(Function<Path, Stamp> look, UnaryOperator<Path> place) {
    this.look = look;
    this.place = place;
  }

  /**
   * Files that are read from elsewhere; not to be watched.
   *
   * @param place where to read a file
   */
  public static SeenFiles readingInstead(UnaryOperator<Path> place) {
    return new SeenFiles(Stamp::of, place);
  }

  /**
   * The content of the main file.
   *
   * @throws ConfigException when it cannot be read
   */
  public byte[] content(Path file) {
    Stamp stamp = look.apply(file);
    files.put(file, new Seen(stamp, null));
    byte[] content = ConfigLoader.contentOf(place.apply(file));
    files.put(file, new Seen(stamp, Digest.of(content)));
    contents.put(file, content);
    return content;
  }

  @Override
  public InputStream open(Path file) throws IOException {
    Stamp stamp = look.apply(file);
    files.put(file, new Seen(stamp, null));
    byte[] content = read(place.apply(file));
    files.put(file, new Seen(stamp, Digest.of(content)));
    contents.put(file, content);
    return new ByteArrayInputStream(content);
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(LARGEST);
    }
  }

  /** What was read from each file; forgotten here afterwards. */
  public Map<Path, byte[]> takeContents() {
    Map<Path, byte[]> taken = Map.copyOf(contents);
    contents.clear();
    return taken;
  }

  /** How the files looked when they were read. */
  Map<Path, Stamp> stamps() {
    Map<Path, Stamp> stamps = new HashMap<>();
    files.forEach((file, seen) -> stamps.put(file, seen.stamp()));
    return stamps;
  }

  /** How they look now. */
  Map<Path, Stamp> stampsNow() {
    Map<Path, Stamp> stamps = new HashMap<>();
    files.keySet().forEach(file -> stamps.put(file, look.apply(file)));
    return stamps;
  }

  /** Whether any of them says something else now. */
  boolean haveOtherContent() {
    return files.entrySet().stream()
        .anyMatch(file -> !Objects.equals(now(file.getKey()), file.getValue().digest()));
  }

  private static @Nullable String now(Path file) {
    try {
      return Digest.of(read(file));
    } catch (IOException e) {
      return null;
    }
  }
}
