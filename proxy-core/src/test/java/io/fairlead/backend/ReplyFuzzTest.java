package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.util.List;

/**
 * Whatever a server sends, every request is told its end exactly once, and a value goes to nobody
 * but who asked for its key.
 */
class ReplyFuzzTest {
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/replies.dict")
  void everyRequestEndsOnce(byte[] replies) {
    TestLoop loop = new TestLoop();
    Outcomes outcomes = new Outcomes();
    try {
      Asking asking = new Asking(loop, outcomes);
      FakeSocket socket = asking.socket();
      socket.receive(replies);
      socket.disconnectByPeer();
    } finally {
      loop.close();
    }
    List<String> told = outcomes.told();
    assertThat(told).hasSize(Asking.REQUESTS).noneMatch(each -> each.matches("(?s)\\d+ AGAIN .*"));
    told.forEach(ReplyFuzzTest::isItsOwn);
  }

  private static void isItsOwn(String outcome) {
    int slot = Integer.parseInt(outcome.substring(0, outcome.indexOf(' ')));
    String reply = outcome.substring(outcome.indexOf(' ') + 1);
    if (reply.startsWith("VALUE ")) {
      assertThat(reply).startsWith("VALUE " + Asking.keyOf(slot) + " ");
    }
  }
}
