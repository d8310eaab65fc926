package io.fairlead.server.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteProxyTest {
  @ParameterizedTest
  @CsvSource({
    "proxy1, http://proxy1:5001",
    "proxy1:81, http://proxy1:81",
    ":81, http://127.0.0.1:81",
    "10.0.0.1, http://10.0.0.1:5001",
    "[::1], http://[::1]:5001",
    "[::1]:81, http://[::1]:81",
    "http://proxy1, http://proxy1",
    "http://proxy1:81/, http://proxy1:81",
    "https://ops.example/fairlead/, https://ops.example/fairlead",
  })
  void isFoundByAddressOrUrl(String text, String url) {
    assertThat(RemoteProxy.at(text)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "proxy1:0",
        "proxy1:70000",
        "proxy1:x",
        "proxy1/x",
        "ftp://a",
        "http://",
        "http://me@a",
        "http://a?b",
        "::1",
        "unix:/a"
      })
  void refusesWhatIsNoAddress(String text) {
    assertThatThrownBy(() -> RemoteProxy.at(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(text + " (expected: host:port, or a URL as http://host:5001)");
  }

  @Test
  void whatTheProxyDoesNotKnowIsNoneOrEmpty() {
    Snapshot snapshot =
        read(
            """
            {"time_ms":1,"totals":{},"latency":null,
             "pools":[{"pool":"main","servers":[{"server":"a","latency":null,"share":null}]}]}
            """);

    assertThat(snapshot.times()).isEqualTo(Snapshot.Times.UNKNOWN);
    assertThat(snapshot.counts()).isEqualTo(Snapshot.Counts.NONE);
    Snapshot.Server server = snapshot.servers().get(0);
    assertThat(server.share()).isNegative();
    assertThat(server.nextProbeMillis()).isNegative();
    assertThat(server.times()).isEqualTo(Snapshot.Times.UNKNOWN);
  }

  @Test
  void noTextCanSteerATerminal() {
    Snapshot snapshot =
        read(
            """
            {"time_ms":1,"totals":{},"host":"h\\u001b]0;x\\u0007","version":"v\\u009b2J",
             "hot_keys":[{"pool":"p","key":"k\\u001b[2J\\n\\u202e"}],
             "events":[{"time_ms":1,"level":"info","message":"m\\r","pairs":{"k\\t":"v\\u0000"}}]}
            """);

    assertThat(snapshot.toString()).matches("[ -~]*");
    assertThat(snapshot.hotKeys().get(0).key()).isEqualTo("k?[2J??");
  }

  private static Snapshot read(String page) {
    return SnapshotReader.snapshot(
        Setting.ofRoot(JsonReader.read("page", page.getBytes(StandardCharsets.UTF_8)).root()));
  }
}
