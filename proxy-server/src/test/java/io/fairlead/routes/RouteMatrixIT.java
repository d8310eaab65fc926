package io.fairlead.routes;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.it.LeakCheck;
import io.fairlead.routes.MatrixRow.Outcome;
import io.fairlead.testkit.RawClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every handle does with every kind of request, whichever servers have the key or live. */
@ExtendWith(LeakCheck.class)
class RouteMatrixIT {
  /** To be changed with the files, so that no row gets lost. */
  private static final int ROWS = 2856;

  private static final List<String> FILES =
      List.of(
          "all.txt",
          "answer.txt",
          "change.txt",
          "copy.txt",
          "failover.txt",
          "limit.txt",
          "migrate.txt",
          "select.txt");

  private static MatrixServers servers;
  private static @Nullable TestProxy proxy;
  private static final Map<String, RawClient> CLIENTS = new HashMap<>();
  private static String situation = "";

  @BeforeAll
  static void startServers() {
    servers = new MatrixServers(MatrixHandles.SERVERS);
  }

  @AfterAll
  static void stopServers() {
    stopProxy();
    servers.close();
  }

  private static void stopProxy() {
    if (proxy != null) {
      proxy.close();
    }
  }

  /** Rows with the same servers alive are together. */
  static List<MatrixRow> rows() {
    return FILES.stream()
        .flatMap(file -> MatrixFile.read(file).stream())
        .sorted(Comparator.comparing(MatrixRow::situation))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void doesWhatTheMatrixSays(MatrixRow row) {
    become(row.situation());
    servers.hold(row.before());

    String reply = Servers.reply(client(row.handle()), servers.withUniques(row.request()));

    awaitWhatWasSent();
    assertThat(new Outcome(servers.withoutUniques(reply), servers.held())).isIn(row.outcomes());
  }

  @Test
  void hasARowForEverything() {
    Set<String> handles = rows().stream().map(MatrixRow::handle).collect(Collectors.toSet());

    assertThat(handles).isEqualTo(MatrixHandles.ALL.keySet());
    assertThat(rows()).hasSize(ROWS);
  }

  /** Lets some servers die or live, with a proxy that has no memory of the others. */
  private static void become(String wanted) {
    if (situation.equals(wanted)) {
      return;
    }
    stopProxy();
    servers.become(wanted);
    proxy = MatrixHandles.start(servers.ports());
    CLIENTS.clear();
    situation = wanted;
  }

  private static RawClient client(String handle) {
    TestProxy running = requireNonNull(proxy);
    return CLIENTS.computeIfAbsent(handle, name -> running.client(MatrixHandles.listener(name)));
  }

  /** Requests go to a server in order, so what went before this get has been answered after it. */
  private static void awaitWhatWasSent() {
    assertThat(Servers.reply(client(MatrixHandles.EVERYWHERE), "get nothing"))
        .matches("END|SERVER_ERROR .*");
  }
}
