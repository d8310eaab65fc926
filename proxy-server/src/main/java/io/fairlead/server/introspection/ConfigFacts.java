package io.fairlead.server.introspection;

import io.fairlead.json.JsonWriter;
import io.fairlead.macro.Expansion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of a configuration that is in use; every reload makes another.
 *
 * @param file where it was read; null when it was given otherwise
 * @param text as it was read
 * @param preprocessed the same without macros, as JSON; null when it knows no macros
 * @param sources the MD5 of each file that it comes from, by its path
 * @param digest the MD5 of the text
 * @param loadedAt when it was read
 */
public record ConfigFacts(
    @Nullable Path file,
    String text,
    @Nullable String preprocessed,
    SortedMap<String, String> sources,
    String digest,
    Instant loadedAt) {
  public ConfigFacts {
    sources = new TreeMap<>(sources);
  }

  /**
   * Of a configuration that was read just now.
   *
   * @param imports the contents of the files that it imported
   */
  public static ConfigFacts of(
      @Nullable Path file,
      byte[] content,
      @Nullable String preprocessed,
      Map<Path, byte[]> imports) {
    return of(file, content, preprocessed, imports, Instant.now());
  }

  private static ConfigFacts of(
      @Nullable Path file,
      byte[] content,
      @Nullable String preprocessed,
      Map<Path, byte[]> imports,
      Instant loadedAt) {
    SortedMap<String, String> sources = new TreeMap<>();
    imports.forEach((path, imported) -> sources.put(path.toString(), md5(imported)));
    if (file != null) {
      sources.put(file.toString(), md5(content));
    }
    String text = new String(content, StandardCharsets.UTF_8);
    return new ConfigFacts(file, text, preprocessed, sources, md5(content), loadedAt);
  }

  /** The same, put together when somebody asks: sums take time, for which a start would wait. */
  public static Supplier<ConfigFacts> whenAsked(Path file, byte[] content) {
    Instant now = Instant.now();
    return () -> of(file, content, null, Map.of(), now);
  }

  /** Of a configuration of mcrouter that was read just now, and is the expansion now. */
  public static ConfigFacts of(@Nullable Path file, byte[] content, Expansion expansion) {
    Map<Path, byte[]> imports = new HashMap<>();
    expansion.files().forEach(imported -> imports.put(imported.path(), imported.content()));
    return of(file, content, JsonWriter.pretty(expansion.root()), imports);
  }

  /** Of settings that were given by options alone. */
  public static ConfigFacts none() {
    return of(null, new byte[0], null, Map.of());
  }

  private static String md5(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has it", e);
    }
  }
}
