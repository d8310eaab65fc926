package io.fairlead.helm;

import static java.util.Objects.requireNonNull;

import io.fairlead.config.AdminSettings;
import io.fairlead.config.Dialect;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.macro.FileSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The configuration of a rendering, read as the pods read it; with one pool and one listener. */
record ReadConfig(LoadedConfig loaded) {
  static ReadConfig with(String values) {
    return of(Rendering.with(values));
  }

  static ReadConfig of(Rendering rendering) {
    return read(rendering.objects().config());
  }

  static ReadConfig read(String config) {
    return new ReadConfig(
        FileLoader.read(
            Path.of(Objects.CONFIG),
            config.getBytes(StandardCharsets.UTF_8),
            LoadOptions.NONE,
            FileSource.DISK));
  }

  Dialect dialect() {
    return loaded.dialect();
  }

  List<Problem> warnings() {
    return loaded.warnings();
  }

  ProxySettings settings() {
    return loaded.settings();
  }

  PoolSettings pool() {
    return settings().pools().get(0);
  }

  ListenerSettings listener() {
    return settings().listeners().get(0);
  }

  AdminSettings admin() {
    return requireNonNull(settings().admin(), "admin");
  }
}
