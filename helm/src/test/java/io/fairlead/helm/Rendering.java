package io.fairlead.helm;

import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What Helm is told for one rendering of a chart. */
final class Rendering {
  static final String RELEASE = "demo";
  static final String NAMESPACE = "shop";

  /** The oldest Kubernetes of the chart with native sidecars. */
  static final String KUBERNETES = "v1.29.0";

  private final List<Path> files = new ArrayList<>();
  private Path chart = Chart.FOLDER;
  private String release = RELEASE;
  private String namespace = NAMESPACE;
  private String kubernetes = KUBERNETES;
  private boolean hasDependencies;

  /** With values in YAML, in place of some of the defaults. */
  static Rendering with(String values) {
    return new Rendering().and(values);
  }

  /** With one of the sets in ci. */
  static Rendering of(String valueSet) {
    Rendering rendering = new Rendering();
    rendering.files.add(Chart.valueSet(valueSet));
    return rendering;
  }

  Rendering and(String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      file.toFile().deleteOnExit();
      Files.writeString(file, values);
      files.add(file);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rendering release(String name) {
    release = name;
    return this;
  }

  Rendering namespace(String name) {
    namespace = name;
    return this;
  }

  Rendering kubernetes(String version) {
    kubernetes = version;
    return this;
  }

  Rendering chart(Path folder) {
    chart = folder;
    return this;
  }

  /** The charts that the chart depends on are put into it first. */
  Rendering withDependencies() {
    hasDependencies = true;
    return this;
  }

  /** What would be sent to a cluster, without hooks. */
  String text() {
    TemplateCommand command =
        new Helm(chart)
            .template()
            .withName(release)
            .withNamespace(namespace)
            .withKubeVersion(kubernetes);
    if (hasDependencies) {
      command.dependencyUpdate();
    }
    files.forEach(command::withValuesFile);
    return command.call();
  }

  Objects objects() {
    return Objects.parse(text());
  }

  /** What a user reads after an installation. */
  String notes() {
    InstallCommand command =
        new Helm(chart)
            .install()
            .withName(release)
            .withNamespace(namespace)
            .withKubeVersion(kubernetes)
            .clientOnly()
            .withDryRunOption(DryRun.CLIENT);
    files.forEach(command::withValuesFile);
    String output = command.call().getOutput();
    return output.substring(output.indexOf("NOTES:") + "NOTES:".length()).strip();
  }
}
