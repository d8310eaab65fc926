package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every operation answers and leaves behind: with all replicas alive, with one of them dead,
 * with one that has something else, with a dead primary, and with all dead; for each write policy.
 */
@ExtendWith(LeakCheck.class)
class ReplicaMatrixIT {
  private static final String TOO_FEW = "SERVER_ERROR not enough replicas accepted the write";

  /**
   * The kind of operation (U: unconditional, D: decided by the primary, X: a removal, R: a read);
   * the request, where a T is the cas unique; the value before; the reply; the value afterwards;
   * the value before on a server that differs, and what it has afterwards.
   */
  private static final String OPERATIONS =
      """
      U | set K 0 0 3/new       | 5 | STORED            | new | - | new
      U | touch K 100           | 5 | TOUCHED           | 5   | - | -
      X | delete K              | 5 | DELETED           | -   | - | -
      D | add K 0 0 3/new       | - | STORED            | new | 7 | new
      D | replace K 0 0 3/new   | 5 | STORED            | new | - | new
      D | append K 0 0 1/x      | 5 | STORED            | 5x  | - | -
      D | prepend K 0 0 1/x     | 5 | STORED            | x5  | - | -
      D | cas K 0 0 3 T/new     | 5 | STORED            | new | - | new
      D | incr K 2              | 5 | 7                 | 7   | - | -
      D | incr K 2              | 5 | 7                 | 7   | w | -
      D | decr K 2              | 5 | 3                 | 3   | - | -
      R | get K                 | 5 | VALUE K 0 1/5/END | 5   | - | -
      R | gat 100 K             | 5 | VALUE K 0 1/5/END | 5   | - | -
      U | ms K 3/new            | 5 | HD                | new | - | new
      D | ms K 3 ME/new         | - | HD                | new | 7 | new
      D | ms K 3 MR/new         | 5 | HD                | new | - | new
      D | ms K 1 MA/x           | 5 | HD                | 5x  | - | -
      D | ms K 1 MP/x           | 5 | HD                | x5  | - | -
      D | ms K 3 CT/new         | 5 | HD                | new | - | new
      X | md K                  | 5 | HD                | -   | - | -
      D | ma K D2 v             | 5 | VA 1/7            | 7   | - | -
      D | ma K MD D2 v          | 5 | VA 1/3            | 3   | - | -
      R | mg K v                | 5 | VA 1/5            | 5   | - | -
      R | mg K v T100           | 5 | VA 1/5            | 5   | - | -
      """;

  @RegisterExtension static final Servers replicas = new Servers(3);

  enum State {
    ALL_LIVE,
    REPLICA_DEAD,
    ONE_DIFFERS,
    PRIMARY_DEAD,
    ALL_DEAD
  }

  static Stream<Arguments> cases() {
    return Stream.of(Mode.REPLICATED, Mode.PRIMARY_REPLICA)
        .flatMap(
            mode ->
                Stream.of(State.values())
                    .flatMap(
                        state ->
                            Stream.of(WritePolicy.values())
                                .map(policy -> Arguments.of(mode, state, policy))));
  }

  /** One row of the table, with a key of its own. */
  private record Row(
      char kind,
      String key,
      String request,
      String before,
      String reply,
      String after,
      String differs,
      String differsAfter) {

    static List<Row> all() {
      List<Row> rows = new ArrayList<>();
      for (String line : OPERATIONS.lines().toList()) {
        String[] cell = line.split(" *\\| *", -1);
        String key = "key" + rows.size();
        rows.add(
            new Row(
                cell[0].charAt(0),
                key,
                cell[1].replace("K", key),
                cell[2],
                cell[3].replace("K", key),
                cell[4],
                cell[5],
                cell[6]));
      }
      return rows;
    }

    /** Whether the primary alone says what becomes of it. */
    boolean isDecided(Mode mode) {
      return kind == 'D' || (kind == 'U' && mode == Mode.PRIMARY_REPLICA);
    }

    String withToken(RawClient client) {
      if (!request.contains("T/")) {
        return request;
      }
      String line = Servers.reply(client, "gets " + key).split("/", -1)[0];
      String token = line.startsWith("VALUE") ? line.split(" ", -1)[4] : "1";
      return request.replace("T/", token + "/");
    }

    List<String> valuesBefore(State state) {
      String other = state == State.ONE_DIFFERS ? differs : before;
      return List.of(before, other, before);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAndLeavesBehind(Mode mode, State state, WritePolicy policy) {
    List<Row> rows = Row.all();
    for (Row row : rows) {
      replicas.prepare(row.key(), row.valuesBefore(state));
    }
    kill(state);
    ProxySetup setup = mode == Mode.REPLICATED ? replicas.setup() : replicas.primaryReplica();
    try (TestProxy proxy = setup.writes(policy).start()) {
      RawClient client = proxy.client();
      for (Row row : rows) {
        String request = row.withToken(client);
        String expected = reply(row, mode, state, policy);
        assertThat(Servers.reply(client, request)).as(request).startsWith(expected);
      }
      Servers.reply(client, "get none");
      for (Row row : rows) {
        List<String> expected = valuesAfter(row, mode, state);
        Await.until(
            row.request() + " leaves " + expected + ", not " + replicas.values(row.key()),
            () -> replicas.values(row.key()).equals(expected));
      }
    }
  }

  private static void kill(State state) {
    switch (state) {
      case REPLICA_DEAD -> replicas.kill(2);
      case PRIMARY_DEAD -> replicas.kill(0);
      case ALL_DEAD -> List.of(0, 1, 2).forEach(replicas::kill);
      default -> {}
    }
  }

  private static String reply(Row row, Mode mode, State state, WritePolicy policy) {
    boolean isRead = row.kind() == 'R';
    boolean tooFew = policy == WritePolicy.ALL && !isRead;
    return switch (state) {
      case ALL_LIVE, ONE_DIFFERS -> row.reply();
      case REPLICA_DEAD -> tooFew ? TOO_FEW : row.reply();
      case PRIMARY_DEAD ->
          row.isDecided(mode) ? "SERVER_ERROR server " : tooFew ? TOO_FEW : row.reply();
      case ALL_DEAD -> "SERVER_ERROR server ";
    };
  }

  private static List<String> valuesAfter(Row row, Mode mode, State state) {
    String after = row.after();
    return switch (state) {
      case ALL_LIVE -> List.of(after, after, after);
      case REPLICA_DEAD -> List.of(after, after, "x");
      case ONE_DIFFERS -> List.of(after, row.differsAfter(), after);
      case PRIMARY_DEAD -> {
        String left = row.isDecided(mode) ? row.before() : after;
        yield List.of("x", left, left);
      }
      case ALL_DEAD -> List.of("x", "x", "x");
    };
  }
}
