package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.AddressRange;
import io.fairlead.config.KeyFiles;
import io.fairlead.config.LimitSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.ListenerTlsSettings;
import io.fairlead.config.LoadSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class McrouterSettingsTest {
  private static final PoolSettings POOL =
      PoolSettings.of(
          "A",
          PoolSettings.Mode.SHARDED,
          List.of(ServerSettings.at(new Address.Tcp("127.0.0.1", 11211))));
  private static final LoadedRoutes CONFIG =
      new LoadedRoutes(List.of(POOL), List.of(), "A", List.of());

  private static ProxySettings settings(String... arguments) throws McrouterMistake {
    return McrouterSettings.of(Options.with(arguments), CONFIG);
  }

  private static List<String> addresses(String... arguments) throws McrouterMistake {
    return settings(arguments).listeners().stream()
        .map(listener -> listener.address().toString())
        .toList();
  }

  @Test
  void listensOnEveryInterfaceUnlessToldOtherwise() throws McrouterMistake {
    assertThat(addresses()).containsExactly("0.0.0.0:5000");
  }

  @Test
  void listensOnEveryAddressWithEveryPort() throws McrouterMistake {
    assertThat(addresses("-p", "5000,5001", "--listen-addresses", "127.0.0.1, ::1,[::2]"))
        .containsExactly(
            "127.0.0.1:5000",
            "127.0.0.1:5001",
            "[::1]:5000",
            "[::1]:5001",
            "[::2]:5000",
            "[::2]:5001");
  }

  @Test
  void speaksTlsAtThePortsForIt() throws McrouterMistake {
    ProxySettings settings =
        settings(
            "-p", "5000", "--ssl-port", "5001", "--pem-cert-path", "/c", "--pem-key-path", "/k");

    assertThat(settings.listeners()).hasSize(2);
    assertThat(settings.listeners().get(0).tls()).isNull();
    assertThat(settings.listeners().get(1).address()).hasToString("0.0.0.0:5001");
    assertThat(settings.listeners().get(1).tls())
        .isEqualTo(ListenerTlsSettings.of(new KeyFiles(Path.of("/c"), Path.of("/k"))));
  }

  @Test
  void aSocketTakesThePlaceOfAllPorts() throws McrouterMistake {
    assertThat(addresses("--unix-domain-sock", "/run/mcrouter.sock"))
        .containsExactly("unix:/run/mcrouter.sock");
  }

  @Test
  void everyListenerLeadsToWhatTheConfigurationSays() throws McrouterMistake {
    ProxySettings settings = settings("-p", "1,2");

    assertThat(settings.listeners()).extracting(ListenerSettings::target).containsExactly("A", "A");
    assertThat(settings.pools()).containsExactly(POOL);
    assertThat(settings.admin()).isNull();
    assertThat(settings.twemproxyStats()).isNull();
  }

  @Test
  void anInheritedSocketTakesThePlaceOfEverything() throws McrouterMistake {
    ProxySettings settings =
        McrouterSettings.of(
            Options.of("-f", "a", "--listen-sock-fd", "4", "-p", "1,2", "--unix-domain-sock=/s"),
            CONFIG);

    assertThat(settings.listeners())
        .hasSize(1)
        .allSatisfy(listener -> assertThat(listener.socket().descriptor()).isEqualTo(4));
    assertThat(settings().listeners().get(0).socket().descriptor()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-v 1 | 0.0.0.0/0,::/0",
        "--introspection-from off | ''",
        "--introspection-from=127.0.0.0/8,::1 | 127.0.0.0/8,::1",
        "--introspection-from 10.1.2.3 | 10.1.2.3",
      })
  void tellsOfItselfToWhomTheCommandLineSays(String line, String ranges) throws McrouterMistake {
    assertThat(
            settings(line.split(" ", -1)).listeners().get(0).introspectionFrom().stream()
                .map(AddressRange::toString))
        .containsExactly(ranges.isEmpty() ? new String[0] : ranges.split(",", -1));
  }

  @Test
  void flushAllIsAllowedOnlyWhenAsked() throws McrouterMistake {
    assertThat(settings().listeners().get(0).allow()).isEmpty();
    assertThat(settings("--enable-flush-cmd").listeners().get(0).allow())
        .containsExactly(GuardedCommand.FLUSH_ALL);
  }

  @Test
  void hasAsManyLoopsAsMcrouterHasThreads() throws McrouterMistake {
    assertThat(settings().threads().loops()).isEqualTo(1);
    assertThat(settings("--num-proxies", "8").threads().loops()).isEqualTo(8);
  }

  @Test
  void keepsOurLimitsWhereNothingIsSaidAndTakesLargeValues() throws McrouterMistake {
    assertThat(settings().limits()).isEqualTo(LimitSettings.ofOtherProxies().build());
    assertThat(settings().listeners().get(0).socket().backlog()).isEqualTo(1024);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10000",
    "1, 10000",
    "2, 2",
    "500, 500",
    "99999999999, 1048576",
  })
  void limitsClients(String asked, int connections) throws McrouterMistake {
    assertThat(settings("--max-conns", asked).limits().connections()).isEqualTo(connections);
  }

  @ParameterizedTest
  @CsvSource({"0, 1048576", "5, 5", "34133, 34133", "99999999999, 1048576"})
  void limitsRequestsOfAClient(String asked, int requests) throws McrouterMistake {
    assertThat(settings("--max-client-outstanding-reqs", asked).limits().clients().clientRequests())
        .isEqualTo(requests);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100000, 10000",
    "0, 7, 10000",
    "100, 100000, 100100",
    "5, 7, 12",
    "99999999999, 1, 1048576",
    "1, 99999999999, 1048576"
  })
  void limitsRequestsToAServerThatAreSentOrWait(String sent, String waiting, int requests)
      throws McrouterMistake {
    assertThat(
            settings(
                    "--target-max-inflight-requests",
                    sent,
                    "--target-max-pending-requests",
                    waiting)
                .limits()
                .serverRequests())
        .isEqualTo(requests);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, 0, 0, PT0S, 0",
    "8192, 0, 0, 0, 8192, 0, PT0S, 0",
    "8192, 100, 250, 9, 8192, 100, PT0.25S, 9",
    "8192, 0, 250, 0, 8192, 0, PT0S, 0",
    "0, 100, 250, 9, 0, 0, PT0S, 9",
    "99999999999, 99999999999, 1, 99999999999, 1048576, 1048576, PT0.001S, 1048576"
  })
  void limitsWhatAThreadTakesOn(
      String inFlight,
      String throttled,
      String wait,
      String shadows,
      int requests,
      int waiting,
      Duration timeout,
      int copies)
      throws McrouterMistake {
    assertThat(
            settings(
                    "--proxy-max-inflight-requests=" + inFlight,
                    "--proxy-max-throttled-requests=" + throttled,
                    "--waiting-request-timeout-ms=" + wait,
                    "--proxy-max-inflight-shadow-requests=" + shadows)
                .limits()
                .load())
        .isEqualTo(new LoadSettings(requests, waiting, timeout, copies));
  }

  @ParameterizedTest
  @CsvSource({"0, P365D", "1500, PT1.5S"})
  void limitsHowLongAClientMayNotRead(String asked, Duration timeout) throws McrouterMistake {
    assertThat(settings("--client-timeout", asked).limits().clients().clientTimeout())
        .isEqualTo(timeout);
  }

  @Test
  void takesTheBacklog() throws McrouterMistake {
    assertThat(settings("--tcp-listen-backlog=64").listeners().get(0).socket().backlog())
        .isEqualTo(64);
  }
}
