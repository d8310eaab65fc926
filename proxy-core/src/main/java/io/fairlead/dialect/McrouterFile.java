package io.fairlead.dialect;

import io.fairlead.config.AdminSettings;
import io.fairlead.config.Dialect;
import io.fairlead.config.HostId;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.KeyPlaces.Place;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.ProxySettings;
import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonException;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.macro.FileSource;
import io.fairlead.mcrouter.McrouterConfig;
import io.fairlead.mcrouter.McrouterDefaults;
import io.fairlead.mcrouter.McrouterReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of mcrouter with what stands on mcrouter's command line otherwise at its defaults. */
final class McrouterFile {
  private McrouterFile() {}

  static LoadedConfig read(Path file, byte[] content, LoadOptions options, FileSource imports) {
    McrouterConfig config =
        McrouterReader.read(
            file.toString(),
            content,
            folder(file),
            McrouterDefaults.DEFAULT
                .withRoutePrefix(options.mcrouter().routePrefix())
                .asMcrouter(options.mcrouter().asMcrouter())
                .onHost(HostId.ofThisHost()),
            imports);
    List<ListenerSettings> listeners =
        options.mcrouter().listen().stream()
            .map(address -> ListenerSettings.of(address, config.tree().name()))
            .toList();
    ProxySettings settings =
        ProxySettings.of(listeners, config.pools())
            .admin(admin(options.admin()))
            .limits(LimitSettings.ofOtherProxies().build())
            .routes(List.of(config.tree()))
            .build();
    return new LoadedConfig(Dialect.MCROUTER, settings, config.warnings());
  }

  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file : folder;
  }

  private static @Nullable AdminSettings admin(LoadOptions.@Nullable Admin given) {
    return given == null ? AdminSettings.DEFAULT : AdminSettings.orNone(given.address());
  }

  /** As far as the file is written without macros. */
  static KeyPlaces places(Path file) {
    Map<String, Place> places = new HashMap<>();
    try {
      Json root = JsonReader.read(file.toString(), Files.readAllBytes(file)).root();
      add("", root, places);
    } catch (IOException | JsonException e) {
      // It was read before; who wants to point at a line of it has none.
      places.clear();
    }
    return KeyPlaces.of(places, file.toString());
  }

  private static void add(String path, Json json, Map<String, Place> places) {
    places.put(path, new Place(json.position().line(), json.position().column(), null));
    if (json instanceof JsonObject object) {
      for (JsonMember member : object.members()) {
        add(KeyPlaces.path(path, member.key()), member.value(), places);
      }
    } else if (json instanceof JsonArray array) {
      for (int i = 0; i < array.items().size(); i++) {
        add(path + "[" + i + "]", array.items().get(i), places);
      }
    }
  }
}
