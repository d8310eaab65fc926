package io.fairlead.image;

import static java.util.Objects.requireNonNull;

import io.fairlead.json.Json;
import io.fairlead.json.JsonArray;
import io.fairlead.json.JsonMember;
import io.fairlead.json.JsonObject;
import io.fairlead.json.JsonReader;
import io.fairlead.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An image in the layout of OCI, which a tar is unpacked to. */
final class Image {
  static final Path MODULE = Path.of(System.getProperty("basedir", ".")).toAbsolutePath();
  static final Path TAR = MODULE.resolve("target/fairlead-image.tar");

  private final Path folder;
  private final String name;
  private final JsonObject config;
  private final List<Layer> layers = new ArrayList<>();

  private Image(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    JsonObject entry = first(read(folder.resolve("index.json")), "manifests");
    this.name = text(object(entry, "annotations"), "org.opencontainers.image.ref.name");
    JsonObject manifest = blob(entry);
    this.config = blob(object(manifest, "config"));
    for (Json layer : ((JsonArray) at(manifest, "layers")).items()) {
      layers.add(Layer.of(blobFile((JsonObject) layer)));
    }
  }

  /** Unpacks that of the build into an empty folder. */
  static Image unpackedTo(Path folder) throws IOException, InterruptedException {
    Ended.of(List.of("tar", "-xf", TAR.toString(), "-C", folder.toString())).requireSuccess();
    return new Image(folder);
  }

  /** What an engine calls it that loads it. */
  String name() {
    return name;
  }

  /** From the first that is fetched, and changes least often, to the last. */
  List<Layer> layers() {
    return layers;
  }

  List<ImageFile> files() {
    return layers.stream().flatMap(layer -> layer.files().stream()).toList();
  }

  /** When it was made, as it says. */
  String created() {
    return text(config, "created");
  }

  String user() {
    return text(settings(), "User");
  }

  List<String> entrypoint() {
    return texts(settings(), "Entrypoint");
  }

  /** What is run when nothing is said: arguments of the entry point. */
  List<String> command() {
    return texts(settings(), "Cmd");
  }

  Map<String, String> environment() {
    Map<String, String> byName = new TreeMap<>();
    for (String setting : texts(settings(), "Env")) {
      int equals = setting.indexOf('=');
      byName.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return byName;
  }

  List<String> ports() {
    return object(settings(), "ExposedPorts").members().stream()
        .map(member -> member.key().replace("/tcp", ""))
        .toList();
  }

  Map<String, String> labels() {
    Map<String, String> byName = new TreeMap<>();
    for (JsonMember label : object(settings(), "Labels").members()) {
      byName.put(label.key(), ((JsonString) label.value()).text());
    }
    return byName;
  }

  private JsonObject settings() {
    return object(config, "config");
  }

  private JsonObject blob(JsonObject descriptor) throws IOException {
    return read(blobFile(descriptor));
  }

  private Path blobFile(JsonObject descriptor) {
    return folder.resolve("blobs").resolve(text(descriptor, "digest").replace(':', '/'));
  }

  private static JsonObject read(Path file) throws IOException {
    return (JsonObject) JsonReader.read(file.toString(), Files.readAllBytes(file)).root();
  }

  private static JsonObject first(JsonObject object, String key) {
    return (JsonObject) ((JsonArray) at(object, key)).items().get(0);
  }

  private static JsonObject object(JsonObject object, String key) {
    return (JsonObject) at(object, key);
  }

  private static String text(JsonObject object, String key) {
    return ((JsonString) at(object, key)).text();
  }

  private static List<String> texts(JsonObject object, String key) {
    return ((JsonArray) at(object, key))
        .items().stream().map(item -> ((JsonString) item).text()).toList();
  }

  private static Json at(JsonObject object, String key) {
    return requireNonNull(object.value(key), key);
  }
}
