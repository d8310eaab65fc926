package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.MemcachedRequest;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import java.util.Arrays;
import java.util.List;

/**
 * A stream of requests that arrives in pieces asks for the same, and is told the same, as one that
 * arrives whole; and everything it asks for is one request of memcached's.
 */
class RequestSplitFuzzTest {
  /** What came of a stream. */
  private record Result(List<String> asked, String told, boolean open) {}

  /** The first byte says where the rest is cut, the second one how often. */
  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/requests.dict")
  void cutAnywhere(byte[] input) {
    if (input.length < 3) {
      return;
    }
    byte[] stream = Arrays.copyOfRange(input, 2, input.length);
    Result whole = cutInto(stream, stream.length, stream.length);
    int first = 1 + (input[0] & 0xff) * stream.length / 256;
    int step = 1 + (input[1] & 0xff);
    assertThat(cutInto(stream, first, step)).isEqualTo(whole);
    whole.asked.forEach(RequestSplitFuzzTest::isOneRequest);
  }

  private static Result cutInto(byte[] stream, int first, int step) {
    TestLoop loop = new TestLoop();
    try {
      FakeClients clients = new FakeClients(loop);
      FakeSocket socket = clients.connect();
      int at = 0;
      for (int end = first; at < stream.length; end += step) {
        int to = Math.min(end, stream.length);
        socket.receive(Arrays.copyOfRange(stream, at, to));
        at = to;
      }
      return new Result(clients.route.asked(), withoutCounts(socket.sent()), socket.isOpen());
    } finally {
      loop.close();
    }
  }

  /** Statistics count, among other things, how often something arrived. */
  private static String withoutCounts(String told) {
    return told.replaceAll("STAT (\\w+) \\d+", "STAT $1");
  }

  private static void isOneRequest(String asked) {
    if (!asked.startsWith("invalidate ")) {
      String bytes = asked.endsWith("\n") ? asked : asked + "\r\n";
      assertThat(MemcachedRequest.first(bytes).length()).isEqualTo(bytes.length());
    }
  }
}
