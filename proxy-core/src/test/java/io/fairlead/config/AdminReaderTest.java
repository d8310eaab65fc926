package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminReaderTest {
  private static final String POOL = "{pools: {p: {servers: [a]}}, admin: ";

  @Test
  void readsAnAddressOrAMap() {
    assertThat(read("0.0.0.0:9000")).isEqualTo(AdminSettings.at(new Address.Tcp("0.0.0.0", 9000)));
    assertThat(read("{}")).isEqualTo(AdminSettings.DEFAULT);
    assertThat(
            read("{listen: h, reuse_port: true, token_file: ./t, hosts: [proxy1.example.com, lb]}"))
        .isEqualTo(
            new AdminSettings(
                new Address.Tcp("h", 5001),
                true,
                Path.of("./t"),
                List.of("proxy1.example.com", "lb")));
    assertThat(read("false")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[a]                       | admin: […] (expected: host:port, or false for none)",
        "/run/x                    | admin: /run/x (expected: host:port, or false for none)",
        "{listen: false}           | admin.listen: false (expected: host:port, or false for none)",
        "{token: ./t}              | (expected: one of listen, reuse_port, token_file, hosts)",
        "{reuse_port: 1}           | admin.reuse_port: 1 (expected: true or false)",
        "{token_file: geheim12345} | admin.token_file: (not shown) (expected: the path of a file",
        "{hosts: a}                | admin.hosts: a (expected: a list of host names)",
        "{hosts: ['a:1']}          | admin.hosts[0]: \"a:1\" (expected: a host name without a port",
      })
  void saysWhatIsWrong(String value, String problem) {
    assertThatThrownBy(() -> read(value)).hasMessageContaining(problem);
  }

  @Test
  void optionMovesThePortAndLeavesTheRest() {
    AdminSettings moved =
        ConfigLoader.read(
                POOL + "{listen: 'h:1', reuse_port: true, token_file: /t}}",
                "f.yaml",
                new LoadOptions(
                    new LoadOptions.Admin(new Address.Tcp("i", 2)), LoadOptions.Foreign.DEFAULT))
            .settings()
            .admin();

    assertThat(moved)
        .isEqualTo(new AdminSettings(new Address.Tcp("i", 2), true, Path.of("/t"), List.of()));
  }

  @Test
  void aTreeHasWhatTheWriterWrites() {
    String yaml = "a: {b: [1, 2.5, true, x, '3'], '4': 10.0.0.1:11211}\n";

    assertThat(ConfigTree.of(yaml)).hasToString("{a={b=[1, 2.5, true, x, 3], 4=10.0.0.1:11211}}");
  }

  private static @Nullable AdminSettings read(String value) {
    return ConfigLoader.read(POOL + value + "}", "f.yaml").settings().admin();
  }
}
