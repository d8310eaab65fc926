package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.server.Launcher.Result;
import io.fairlead.server.introspection.McrouterIntrospection;
import io.fairlead.server.log.Logs;
import io.fairlead.server.mcrouter.LoadedRoutes;
import io.fairlead.server.mcrouter.McrouterArguments;
import io.fairlead.server.mcrouter.McrouterOptions;
import io.fairlead.server.mcrouter.McrouterSettings;
import io.fairlead.server.process.ProxyProcess;
import io.fairlead.testkit.FreePorts;
import io.fairlead.testkit.InProcessMemcached;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Command lines of mcrouter with real sockets, and as a process. */
class McrouterIT {
  private static final byte[] IPV4 = {127, 0, 0, 1};
  private static final byte[] IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

  @TempDir private Path folder;
  private InProcessMemcached memcached;
  private LoadedRoutes config;

  @BeforeEach
  void start() {
    memcached = InProcessMemcached.start();
    Address server = new Address.Tcp("127.0.0.1", memcached.port());
    config =
        new LoadedRoutes(
            List.of(
                PoolSettings.of(
                    "A", PoolSettings.Mode.SHARDED, List.of(ServerSettings.at(server)))),
            List.of(),
            "A",
            List.of());
  }

  @AfterEach
  void stop() {
    memcached.close();
  }

  private ProxyProcess start(String... arguments) throws Exception {
    McrouterOptions options = McrouterOptions.of(McrouterArguments.read(withoutSpool(arguments)));
    return ProxyProcess.start(McrouterSettings.of(options, config));
  }

  /** It would be in a folder of the machine. */
  private static List<String> withoutSpool(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--asynclog-disable"));
    all.addAll(List.of(arguments));
    return all;
  }

  @Test
  void listensOnEveryInterfaceOfBothKinds() throws Exception {
    int port = FreePorts.next();
    String request = "set k 0 0 1\r\nv\r\nget k\r\nquit\r\n";
    try (ProxyProcess proxy = start("-p " + port, "--config-file=/none")) {
      assertThat(proxy.addresses()).hasSize(1);
      assertThat(Conversation.with(InetAddress.getByAddress(IPV4), port, request))
          .isEqualTo("STORED\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
      if (hasIpv6()) {
        assertThat(Conversation.with(InetAddress.getByAddress(IPV6), port, request))
            .isEqualTo("STORED\r\nVALUE k 0 1\r\nv\r\nEND\r\n");
      }
    }
  }

  private static boolean hasIpv6() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> address.getHostAddress().startsWith("0:0:0:0:0:0:0:1"));
  }

  @Test
  void flushAllIsServedWhenAskedFor() throws Exception {
    int closed = FreePorts.next();
    int open = FreePorts.next();
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ProxyProcess one = start("-p", "" + closed, "-f", "a");
        ProxyProcess two = start("-p", "" + open, "-f", "a", "--enable-flush-cmd")) {
      assertThat(List.of(one.addresses(), two.addresses())).doesNotContain(List.of());
      assertThat(Conversation.with(here, closed, "flush_all\r\nquit\r\n")).doesNotContain("OK");
      assertThat(Conversation.with(here, open, "flush_all\r\nquit\r\n")).isEqualTo("OK\r\n");
    }
  }

  @Test
  void tellsOfItselfToClientsAndInFiles() throws Exception {
    String port = String.valueOf(FreePorts.next());
    McrouterOptions options =
        McrouterOptions.of(
            McrouterArguments.read(
                List.of("-p", port, "-f", "a", "--num-proxies=2", "--stats-root", "" + folder)));
    ProxySettings settings = McrouterSettings.of(options, config);
    McrouterIntrospection introspection =
        new McrouterIntrospection(
            options.facts("fairlead-1", "-p " + port), config.facts(), Logs.verbosity());
    try (ProxyProcess proxy = ProxyProcess.start(settings, introspection)) {
      proxy.writeStats(Path.of(options.process().statsFolder()), Duration.ofSeconds(10));
      String key = "__mcrouter__.options(num_proxies)";
      assertThat(
              Conversation.with(
                  InetAddress.getLoopbackAddress(),
                  Integer.parseInt(port),
                  "get " + key + "\r\nstats version\r\nquit\r\n"))
          .isEqualTo(
              "VALUE "
                  + key
                  + " 0 1\r\n2\r\nEND\r\n"
                  + "STAT mcrouter-version fairlead-1\r\nEND\r\n");
      String name = "libmcrouter.mcrouter." + port;
      assertThat(folder.resolve(name + ".stats")).content().contains(name + ".uptime\": ");
      assertThat(folder.resolve(name + ".startup_options"))
          .content()
          .contains("\"num_proxies\": \"2\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"off, false", "10.0.0.0/8, false", "127.0.0.0/8, true"})
  void tellsOnlyThoseWhoMayAsk(String from, boolean tells) throws Exception {
    int port = FreePorts.next();
    McrouterOptions options =
        McrouterOptions.of(
            McrouterArguments.read(
                withoutSpool("-p", "" + port, "-f", "a", "--introspection-from", from)));
    McrouterIntrospection introspection =
        new McrouterIntrospection(
            options.facts("fairlead-1", ""), config.facts(), Logs.verbosity());
    try (ProxyProcess proxy =
        ProxyProcess.start(McrouterSettings.of(options, config), introspection)) {
      assertThat(proxy.addresses()).hasSize(1);
      assertThat(
              Conversation.with(
                  InetAddress.getByAddress(IPV4), port, "get __mcrouter__.version\r\nquit\r\n"))
          .isEqualTo(
              tells ? "VALUE __mcrouter__.version 0 10\r\nfairlead-1\r\nEND\r\n" : "END\r\n");
    }
  }

  @Test
  void aPortInUseEndsWithThree() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      StringWriter err = new StringWriter();
      int status =
          new CommandLine(new McrouterCommand((options, files) -> config))
              .setErr(new PrintWriter(err))
              .execute(
                  "--asynclog-disable", "-p", port, "--listen-addresses", "127.0.0.1", "-f", "a");

      assertThat(err.toString()).contains(port, "in use").hasLineCount(1);
      assertThat(status).isEqualTo(3);
    }
  }

  @Test
  void aMistakeAppearsInTheLogFileToo() throws Exception {
    Launcher launcher = Launcher.sharedIn(folder);
    Path log = folder.resolve("mcrouter.log");
    Result result =
        Launcher.run(
            launcher.root.resolve("fairlead").toString(),
            folder,
            Map.of(),
            "mcrouter",
            "-p 5000",
            "--config-file=/none",
            "-b",
            "--nonsense",
            "-L",
            log.toString());

    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).startsWith("fairlead: ").hasLineCount(1);
    assertThat(Files.readString(log))
        .contains("[invalid-option] -b is gone from mcrouter")
        .contains("[invalid-option] Unrecognized option: --nonsense")
        .contains("level=ERROR")
        .contains("CRITICAL: Failed to initialize mcrouter: ");
  }
}
