package io.fairlead.server;

import static java.util.Objects.requireNonNull;

import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.jar.JarFile;

/** What fairlead.jar says is in it: the CycloneDX file that its manifest points to. */
final class BillOfMaterials {
  final byte[] content;
  final Setting root;

  private BillOfMaterials(byte[] content) {
    this.content = content;
    this.root = Setting.ofRoot(JsonReader.read("fairlead.cdx.json", content).root());
  }

  static BillOfMaterials within(JarFile jar) throws IOException {
    String place = requireNonNull(jar.getManifest().getMainAttributes().getValue("Sbom-Location"));
    try (InputStream in = jar.getInputStream(jar.getEntry(place))) {
      return new BillOfMaterials(in.readAllBytes());
    }
  }

  List<Library> libraries() {
    return root.required("components").items().stream().map(Library::of).toList();
  }

  /** One jar that went into ours. */
  record Library(String group, String name, String version, String sha256, List<String> licences) {
    private static Library of(Setting component) {
      return new Library(
          component.required("group").text(),
          component.required("name").text(),
          component.required("version").text(),
          sha256(component),
          component.required("licenses").items().stream().map(Library::licence).toList());
    }

    private static String sha256(Setting component) {
      return component.required("hashes").items().stream()
          .filter(hash -> hash.required("alg").text().equals("SHA-256"))
          .map(hash -> hash.required("content").text())
          .findFirst()
          .orElseThrow();
    }

    private static String licence(Setting choice) {
      Setting licence = choice.required("license");
      return licence.textOr("id", licence.textOr("name", ""));
    }

    String coordinates() {
      return group + ":" + name + ":" + version;
    }

    boolean isOurs() {
      return group.equals("io.fairlead");
    }
  }
}
