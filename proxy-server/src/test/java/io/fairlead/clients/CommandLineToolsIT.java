package io.fairlead.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.clients.Program.Result;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.faults.ProxySetup;
import io.fairlead.faults.TestProxy;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools of libmemcached, against three memcached servers behind the proxy. */
class CommandLineToolsIT {
  /**
   * Checks of {@code memccapable -a} that even a memcached fails, each with its reason. None of
   * those of libmemcached 1.1 and memcached 1.6.18.
   */
  private static final Set<String> NOT_EVEN_MEMCACHED = Set.of();

  private final List<MemcachedServer> servers = Memcached.startAll(3);
  private final TestProxy proxy =
      ProxySetup.sharded(servers)
          .timeout(Duration.ofSeconds(2))
          .allow(GuardedCommand.FLUSH_ALL)
          .start();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    proxy.close();
    servers.forEach(MemcachedServer::close);
  }

  private Result run(String program, String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = program;
    command[1] = "--servers=127.0.0.1:" + proxy.port();
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return Program.run(folder, command);
  }

  /** Each check and whether it passed. */
  private Map<String, Boolean> checks(int port) {
    String output =
        Program.run(folder, "memccapable", "-h", "127.0.0.1", "-p", "" + port, "-a", "-t", "2")
            .output();
    return output
        .lines()
        .filter(line -> line.startsWith("ascii "))
        .collect(
            Collectors.toMap(
                line -> line.replaceFirst("\\[.*", "").strip(), line -> line.endsWith("[pass]")));
  }

  @Test
  void memccapableFindsTheProxyAsCapableAsMemcached() {
    Map<String, Boolean> direct = checks(servers.get(0).port());
    Map<String, Boolean> through = checks(proxy.port());

    System.out.printf(
        "%-36s %d checks, on memcached %d%n", "MEMCCAPABLE -a", through.size(), direct.size());
    assertThat(through).hasSizeGreaterThan(20).isEqualTo(direct);
    through.keySet().removeAll(NOT_EVEN_MEMCACHED);
    assertThat(through).allSatisfy((check, passed) -> assertThat(passed).as(check).isTrue());
  }

  @Test
  void copiesCatsAndRemovesFiles() throws IOException {
    String[] names = new String[20];
    for (int i = 0; i < names.length; i++) {
      names[i] = "file-" + i * 7919;
      Files.writeString(folder.resolve(names[i]), "content of " + names[i] + "\n");
    }
    run("memccp", names).succeeds();
    for (String name : names) {
      Files.delete(folder.resolve(name));
    }

    for (String name : names) {
      assertThat(run("memccat", name).succeeds().output()).contains("content of " + name);
    }
    assertThat(run("memccat", names).succeeds().output()).contains("content of " + names[19]);
    run("memcrm", names).succeeds();
    assertThat(run("memccat", names[0]).output()).doesNotContain("content of");
  }

  @Test
  void memcstatReadsTheProxysStatistics() {
    assertThat(run("memcstat").succeeds().output())
        .contains("version: 1.6.18")
        .contains("curr_connections: 1", "curr_items: 0", "evictions: 0", "limit_maxbytes: 0");
  }
}
