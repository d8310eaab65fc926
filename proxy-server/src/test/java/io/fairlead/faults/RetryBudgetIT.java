package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import io.fairlead.testkit.ScriptedBackend.Received;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a server is asked a second time that loses its connection with many gets under way. */
@ExtendWith(LeakCheck.class)
class RetryBudgetIT {
  private static final int GETS = 100;
  private static final int BUDGET = GETS / 5;

  /** Keys in a line that gets of many clients share. */
  private static final int LONGEST_LINE = 128;

  private record Lost(int askedAgain, int found, int failed) {}

  @Test
  void aFifthOfTheGetsIsAskedAgain() {
    assertThat(loseConnectionWithGets(false)).isEqualTo(new Lost(BUDGET, BUDGET, GETS - BUDGET));
  }

  /** Such a line is asked again as a whole. */
  @Test
  void aFifthAndTheRestOfALineIsAskedAgainWhereGetsTravelTogether() {
    Lost lost = loseConnectionWithGets(true);

    assertThat(lost.askedAgain()).isBetween(BUDGET, BUDGET + LONGEST_LINE);
    assertThat(lost.found()).isEqualTo(lost.askedAgain());
    assertThat(lost.failed()).isEqualTo(GETS - lost.askedAgain());
  }

  /** Each client asks for a key of its own; the second connection answers. */
  private static Lost loseConnectionWithGets(boolean coalesce) {
    try (ScriptedBackend backend = ScriptedBackend.running(Script.silent());
        TestProxy proxy = ProxySetup.sharded(backend.port()).coalesce(coalesce).start()) {
      backend.awaitConnections(1);
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < GETS; i++) {
        clients.add(proxy.client());
      }
      for (int i = 0; i < GETS; i++) {
        clients.get(i).send("get k" + i + "\r\n");
      }
      Await.until("all have arrived", () -> keys(backend, 1) == GETS);
      backend.nowRunning(Script.answering(Answers::of));
      backend.closeConnections();

      int found = countFound(clients);
      assertThat(proxy.count(Counter.RETRIES)).isEqualTo(found);
      assertThat(proxy.count(Counter.RETRIES_REFUSED)).isEqualTo(GETS - found);
      return new Lost(keys(backend, 2), found, GETS - found);
    }
  }

  private static int keys(ScriptedBackend backend, int connection) {
    return backend.received().stream()
        .filter(received -> received.connection() == connection)
        .map(Received::line)
        .mapToInt(line -> line.split(" ", -1).length - 1)
        .sum();
  }

  /** Those that got their value; all others were told that the connection was lost. */
  private static int countFound(List<RawClient> clients) {
    int found = 0;
    for (int i = 0; i < clients.size(); i++) {
      String first = clients.get(i).readLine();
      if (first.startsWith("VALUE k" + i + " ")) {
        clients.get(i).expect(Answers.valueOf("k" + i) + "\r\nEND\r\n");
        found++;
      } else {
        assertThat(first).isEqualTo("SERVER_ERROR server closed the connection");
      }
    }
    return found;
  }
}
