package io.fairlead.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads where failed deletes are kept: a map, or false for nowhere. */
final class DeleteSpoolReader {
  private static final String EXPECTED = "a map with directory, or false for none";
  private static final String DIRECTORY = "an absolute path, as in /var/spool/fairlead";
  private static final int MIB = 1 << 20;

  private DeleteSpoolReader() {}

  /** The settings; null when there is no spool, or when they were refused. */
  static @Nullable SpoolSettings read(ConfigValue value) {
    return value.isFalse() ? null : value.map(EXPECTED, DeleteSpoolReader::readMap);
  }

  private static @Nullable SpoolSettings readMap(MappingReader map) {
    Path directory = map.required("directory", DIRECTORY, ValueKind.absolutePath(DIRECTORY));
    SpoolSettings defaults = SpoolSettings.in(directory == null ? Path.of("/") : directory);
    SpoolSettings read =
        new SpoolSettings(
            defaults.directory(),
            map.optional("version", defaults.version(), ValueKind.wholeNumber(1, 2)),
            map.optional("fsync", defaults.fsync(), ValueKind.oneOf(SpoolSettings.Fsync.class)),
            map.optional("fsync_interval", defaults.fsyncInterval(), ValueKind.duration()),
            map.optional("size", defaults.bytes(), ValueKind.size(64 << 10, 1024L * MIB * 1024)),
            map.optional("entries", defaults.entries(), ValueKind.wholeNumber(1, 100 * MIB)),
            map.optional("age", defaults.age(), ValueKind.duration()),
            map.optional("keep", defaults.keep(), ValueKind.flag()));
    return directory == null ? null : read;
  }
}
