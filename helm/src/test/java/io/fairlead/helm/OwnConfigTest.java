package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fairlead.config.Address;
import io.fairlead.config.Dialect;
import io.fairlead.config.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration of one's own in place of the one that the chart makes. */
class OwnConfigTest {
  private static final String JSON =
      "{\"pools\":{\"A\":{\"servers\":[\"10.0.0.1:11211\"]}},\"route\":\"PoolRoute|A\",}";

  @Test
  void isATemplate() {
    Rendering rendering =
        Rendering.with("proxy: {config: 'pools: {main: {servers: [\"{{ .Release.Name }}-c\"]}}'}");

    assertThat(ReadConfig.of(rendering).pool().servers())
        .containsExactly(ServerSettings.at(new Address.Tcp("demo-c", 11211)));
    assertThat(arguments(rendering))
        .containsSequence("--admin", "0.0.0.0:9090")
        .containsSequence("--shutdown-delay", "5s", "--shutdown-drain", "20s")
        .doesNotContain("--listen", "--no-reload");
  }

  @Test
  void isToldWhatTheChartSaysInItsOwn() {
    Rendering rendering =
        Rendering.with(
            """
            proxy: { config: "pools: { main: { servers: [] } }" }
            admin: { tokenSecret: { name: secret } }
            drain: { delay: 0s, timeout: 1m }
            config: { reload: restart }
            """);

    assertThat(arguments(rendering))
        .containsSequence("--admin-token-file", "/run/secrets/fairlead/admin/token")
        .containsSequence("--shutdown-drain", "1m", "--no-reload")
        .doesNotContain("--shutdown-delay");
  }

  @Test
  void mayBeANutcrackerFile() {
    Rendering rendering =
        Rendering.with(
            """
            proxy:
              config: |
                main: { listen: 0.0.0.0:5000, timeout: 400, servers: ["10.0.0.1:11211:1"] }
            """);

    assertThat(ReadConfig.of(rendering).dialect()).isEqualTo(Dialect.NUTCRACKER);
    assertThat(arguments(rendering)).doesNotContain("--listen");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "// a comment\n    ", "/* a comment */ "})
  void mayBeOfMcrouterAndIsToldWhereToListen(String comment) {
    Rendering rendering = Rendering.with("proxy:\n  config: |\n    " + comment + JSON);

    assertThat(ReadConfig.of(rendering).dialect()).isEqualTo(Dialect.MCROUTER);
    assertThat(arguments(rendering)).containsSequence("--listen", "0.0.0.0:5000");
  }

  @Test
  void mayBeInsideOfTheChartAsInThatOfMcrouter(@TempDir Path folder) {
    Path chart = Chart.copyTo(Chart.FOLDER, folder.resolve("fairlead"));
    Chart.write(chart.resolve("mine.json"), JSON);

    Rendering rendering =
        Rendering.with("mcrouterCommandParams: {configFile: mine.json, port: 5005}").chart(chart);

    assertThat(ReadConfig.of(rendering).dialect()).isEqualTo(Dialect.MCROUTER);
    assertThat(arguments(rendering)).containsSequence("--listen", "0.0.0.0:5005");
  }

  @Test
  void fileThatIsNotInTheChartIsRefused() {
    Rendering rendering = Rendering.with("mcrouterCommandParams: {configFile: mine.json}");

    assertThatThrownBy(rendering::text)
        .hasMessageContaining("mcrouterCommandParams.configFile: mine.json (expected: ")
        .hasMessageContaining("--set-file proxy.config=mine.json");
  }

  @Test
  void mayBeInAConfigMapThatIsThereAlready() {
    Objects objects =
        Rendering.with(
                """
                proxy:
                  existingConfigMap: mine
                  existingConfigMapKey: mcrouter.json
                  configDialect: mcrouter
                """)
            .objects();

    assertThat(objects.has(ConfigMap.class, "demo-fairlead")).isFalse();
    var mounted = objects.proxyPod().getSpec().getVolumes().get(0).getConfigMap();
    assertThat(mounted.getName()).isEqualTo("mine");
    assertThat(mounted.getItems())
        .extracting(item -> item.getKey() + " as " + item.getPath())
        .containsExactly("mcrouter.json as fairlead.yaml");
    assertThat(objects.proxy().getArgs()).contains("--listen");
  }

  @Test
  void findsItsSecretsWhereTheChartHasThem() {
    Objects objects =
        Rendering.of("tls").and("proxy: { config: 'pools: { main: { servers: [] } }' }").objects();

    assertThat(objects.proxy().getVolumeMounts())
        .extracting(VolumeMount::getMountPath)
        .contains("/run/secrets/fairlead/servers", "/run/secrets/fairlead/servers-ca");
  }

  private static List<String> arguments(Rendering rendering) {
    return rendering.objects().proxy().getArgs();
  }
}
