package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.hashing.KeyBytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NutcrackerChangesTest {
  private static final String POOL =
      """
      alpha:
        listen: 127.0.0.1:22121
        timeout: 400
        tcpkeepalive: true
        servers:
          - 10.0.0.1:11211:1
      """;

  private static final LoadOptions AS_NUTCRACKER =
      new LoadOptions(
          null,
          new LoadOptions.Foreign(
              ParseError.CLOSE,
              MultigetFailure.ERROR,
              ErrorText.TWEMPROXY,
              KeyBytes.SIGNED,
              false));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timeout: 400          | ''                        | requests fail after 1s (timeout); nutcracker waits for ever
          timeout: 400          | timeout: 0                | requests fail after 1s (timeout); nutcracker waits for ever
          timeout: 400          | timeout: 400, auto_eject_hosts: true | an ejected server is probed after 250ms and then less often, at last every 30s (eject.probe); nutcracker
          timeout: 400          | timeout: 400, client_connections: 7  | at most 7 clients are served at once (connections); nutcracker
          timeout: 400          | timeout: 400, preconnect: true, server_connections: 3 | at the start 3 connections to each server
          tcpkeepalive: true    | ''                        | the kernel finds out and closes clients that are gone
          """)
  void tellsWhatASettingChanges(String replaced, String by, String change) {
    String given = by.replace(", ", "\n  ");

    assertThat(changes(POOL, AS_NUTCRACKER)).noneMatch(sentence -> sentence.startsWith(change));
    assertThat(changes(POOL.replace(replaced, given), AS_NUTCRACKER))
        .anyMatch(sentence -> sentence.startsWith(change));
  }

  @Test
  void tellsNothingOfWhatStaysAsItWas() {
    assertThat(changes(POOL, AS_NUTCRACKER))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("gets of different clients may travel"),
            line -> assertThat(line).startsWith("at most 10000 clients are served at once in all"),
            line -> assertThat(line).startsWith("a value of more than 128MiB is refused"),
            line -> assertThat(line).startsWith("metrics and statistics are on 127.0.0.1:5001"));
  }

  @Test
  void tellsHowFailuresAndMistakesAreAnswered() {
    assertThat(changes(POOL, LoadOptions.NONE))
        .anyMatch(line -> line.contains("(multiget_failure); nutcracker answers one error"))
        .anyMatch(line -> line.contains("(error_text); nutcracker gives the text of the system"))
        .anyMatch(line -> line.contains("(on_parse_error); nutcracker closes the client"));
  }

  @Test
  void namesThePoolsThatAChangeConcerns() {
    String three =
        POOL
            + POOL.replace("alpha", "beta").replace("22121", "22122").replace("400", "0")
            + POOL.replace("alpha", "gamma").replace("22121", "22123").replace("400", "0");

    assertThat(changes(three, LoadOptions.NONE))
        .contains("pools beta, gamma: requests fail after 1s (timeout); nutcracker waits for ever")
        .anyMatch(line -> line.startsWith("gets of different clients"));
  }

  @Test
  void saysThatTheAdminPortStaysClosed() {
    assertThat(changes(POOL.replace("22121", "5001"), LoadOptions.NONE))
        .anyMatch(line -> line.startsWith("there is no admin port (admin); nutcracker's are"));
  }

  private static List<String> changes(String yaml, LoadOptions options) {
    LoadedConfig loaded = ConfigLoader.read(yaml, "nutcracker.yml", options);
    assertThat(loaded.dialect()).isEqualTo(Dialect.NUTCRACKER);
    return NutcrackerChanges.of(loaded.settings(), KeyPlaces.of(yaml, "nutcracker.yml"));
  }
}
