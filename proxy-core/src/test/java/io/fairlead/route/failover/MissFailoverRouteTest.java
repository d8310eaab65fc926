package io.fairlead.route.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.route.MissFailoverSettings;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Operation;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissFailoverRouteTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  @ParameterizedTest
  @CsvSource({
    // the best or the last, the request, the outcome at each child, the answer, how many are asked
    "false, get k,         SUCCESS TIMEOUT TIMEOUT,          VALUE k 0 1/0/,         1",
    "false, get k,         NOTHING SUCCESS TIMEOUT,          VALUE k 0 1/1/,         2",
    "false, get k,         TIMEOUT EJECTED SUCCESS,          VALUE k 0 1/2/,         3",
    "false, get k,         NOTHING NOTHING TIMEOUT,          TIMEOUT,                3",
    "false, get k,         CLIENT_ERROR NOTHING NOTHING,     miss,                   3",
    "true,  get k,         NOTHING TIMEOUT TIMEOUT,          miss,                   3",
    "true,  get k,         SERVER_ERROR TIMEOUT NO_SERVERS,  TIMEOUT,                3",
    "true,  get k,         BUSY CLIENT_ERROR EJECTED,        EJECTED,                3",
    "true,  get k,         CLIENT_ERROR BUSY SERVER_ERROR,   SERVER_ERROR 307 busy 1/, 3",
    "true,  mg k v,        TIMEOUT NOTHING TIMEOUT,          EN/,                    3",
    "true,  delete k,      NOTHING TIMEOUT SERVER_ERROR,     NOT_FOUND/,             3",
    "false, delete k,      NOTHING SUCCESS SUCCESS,          DELETED/,               2",
    "false, md k,          REFUSED NOTHING NOTHING,          NOT_FOUND/,             3",
    "true,  set k 0 0 1/v, TIMEOUT SUCCESS SUCCESS,          TIMEOUT,                1",
    "false, incr k 1,      NOTHING SUCCESS SUCCESS,          NOT_FOUND/,             1",
    "false, touch k 9,     EJECTED SUCCESS SUCCESS,          EJECTED,                1",
  })
  void asksUntilOneHasTheKey(
      boolean best, String request, String outcomes, String answer, int asked) {
    List<Outcome> each = Arrays.stream(outcomes.split(" ", -1)).map(Outcome::valueOf).toList();
    for (boolean waits : new boolean[] {false, true}) {
      Setting setting = new Setting(loop, new MissFailoverSettings(FakeChildren.settings(3), best));
      setting.children.answer(each::get);
      setting.children.waitToAnswer(waits);

      assertThat(setting.outcome(request)).isEqualTo(answer);
      assertThat(setting.children.asked()).isEqualTo(List.of(0, 1, 2).subList(0, asked));
      assertThat(setting.keptBytes()).isZero();
    }
  }

  @Test
  void onlyReadsAndDeletesMayReachTheOthers() {
    Setting setting = new Setting(loop, new MissFailoverSettings(FakeChildren.settings(2), false));

    assertThat(setting.outline(Operation.GATS, "k"))
        .containsExactly("miss-failover", " child 0", " child 1");
    assertThat(setting.outline(Operation.DELETE, "k")).hasSize(3);
    assertThat(setting.outline(Operation.TOUCH, "k")).containsExactly("miss-failover", " child 0");
    assertThat(setting.outline(null, "")).hasSize(3);
  }
}
