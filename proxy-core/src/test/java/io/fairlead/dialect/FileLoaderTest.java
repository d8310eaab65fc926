package io.fairlead.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ConfigException;
import io.fairlead.config.Dialect;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.LoadOptions.Mcrouter;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.Problem;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.route.RouteTreeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLoaderTest {
  private static final String MCROUTER =
      """
      // of the cluster
      {
        "pools": {"A": {"servers": ["10.0.0.1:11211", "10.0.0.2:11211"], "server_timeout": 8}},
        "route": "PoolRoute|A",
      }
      """;

  @TempDir private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fairlead.json | pools: {main: {servers: [a]}} | FAIRLEAD",
        "mcrouter.json | alpha: {listen: 127.0.0.1:1, servers: [a:1:1]} | NUTCRACKER",
        "nutcracker.yml | {\"route\": \"NullRoute\"} | MCROUTER",
      })
  void goesByTheContentAndNotByTheName(String name, String text, Dialect dialect)
      throws IOException {
    assertThat(FileLoader.read(file(name, text), LoadOptions.NONE).dialect()).isEqualTo(dialect);
  }

  @Test
  void aFileOfMcrouterIsServedOnTheUsualPort() throws IOException {
    LoadedConfig loaded = FileLoader.read(file("m", MCROUTER), LoadOptions.NONE);

    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.settings().listeners())
        .containsExactly(ListenerSettings.of(ListenerSettings.DEFAULT_ADDRESS, "mcrouter"));
    assertThat(loaded.settings().admin()).isEqualTo(AdminSettings.DEFAULT);
    assertThat(loaded.settings().pools()).extracting(PoolSettings::name).containsExactly("A");
    assertThat(loaded.settings().routes())
        .extracting(RouteTreeSettings::name)
        .containsExactly("mcrouter");
  }

  @Test
  void isServedWhereTheOptionsSayAndWithTheirPrefix() throws IOException {
    Address address = new Address.Tcp("127.0.0.1", 11211);
    String text = "{\"routes\": {\"/a/b/\": \"NullRoute\"}}";
    LoadOptions options =
        new LoadOptions(
            new LoadOptions.Admin(null), Foreign.DEFAULT, new Mcrouter(List.of(address), "/a/b/"));

    ProxySettings settings = FileLoader.read(file("m", text), options).settings();

    assertThat(settings.listeners()).containsExactly(ListenerSettings.of(address, "mcrouter"));
    assertThat(settings.admin()).isNull();
  }

  @Test
  void saysWhereTheMistakeIs() throws IOException {
    Path file = file("m", MCROUTER.replace("PoolRoute|A", "PoolRoute|B"));

    assertThatThrownBy(() -> FileLoader.read(file, LoadOptions.NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(file + ":4:12: route: \"B\" (expected: a pool named under pools; there is A)");
  }

  @Test
  void knowsThePlacesOfValues() throws IOException {
    KeyPlaces places = FileLoader.places(file("m", MCROUTER), Dialect.MCROUTER);

    Problem odd = places.problem("pools.A.server_timeout", "pools.A.server_timeout", "8", "more");
    assertThat(odd.line()).isEqualTo(3);
    assertThat(odd.column()).isEqualTo(86);
    assertThat(places.has("pools.A.servers[1]")).isTrue();
    assertThat(places.has("pools.B")).isFalse();
  }
}
