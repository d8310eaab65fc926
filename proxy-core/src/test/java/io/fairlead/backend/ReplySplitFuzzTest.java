package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.util.Arrays;
import java.util.List;

/** Replies that arrive in pieces tell requests the same as replies that arrive whole. */
class ReplySplitFuzzTest {
  /*
   * Keys of a multi-get that an error ended are asked for once more. Whether a reply to that is one,
   * or came before it was asked for, does depend on when it came: then only the others are compared.
   */

  /** What came of the replies before the connection ended, and whether it did by itself. */
  private record Result(List<String> told, boolean open) {}

  /** The first byte says where the rest is cut, the second one how often. */
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/replies.dict")
  void cutAnywhere(byte[] input) {
    if (input.length < 3) {
      return;
    }
    byte[] replies = Arrays.copyOfRange(input, 2, input.length);
    Result whole = cutInto(replies, replies.length, replies.length);
    int first = 1 + (input[0] & 0xff) * replies.length / 256;
    int step = 1 + (input[1] & 0xff);
    assertThat(cutInto(replies, first, step)).isEqualTo(whole);
  }

  private static Result cutInto(byte[] replies, int first, int step) {
    TestLoop loop = new TestLoop();
    try {
      Outcomes outcomes = new Outcomes();
      Asking asking = new Asking(loop, outcomes);
      FakeSocket socket = asking.socket();
      int at = 0;
      for (int end = first; at < replies.length; end += step) {
        int to = Math.min(end, replies.length);
        socket.receive(Arrays.copyOfRange(replies, at, to));
        at = to;
      }
      return asking.hasAskedAgain()
          ? new Result(withoutTheFirstGet(outcomes.told()), true)
          : new Result(outcomes.told(), socket.isOpen());
    } finally {
      loop.close();
    }
  }

  private static List<String> withoutTheFirstGet(List<String> told) {
    return told.stream().filter(each -> !each.matches("(?s)[0-3] .*")).toList();
  }
}
