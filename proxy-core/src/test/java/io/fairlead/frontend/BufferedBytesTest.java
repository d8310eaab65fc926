package io.fairlead.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ListenerCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is kept for clients is told by listener, and all of it is in the account of the loop. */
@ExtendWith(NoLeaks.class)
class BufferedBytesTest {
  private static final String LONG_KEY = "k".repeat(240);

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeClients one = new FakeClients(loop);
  private final FakeClients other = new FakeClients(loop);

  private static long kept(FakeClients of) {
    return of.clients.stats().get(ListenerCounter.BUFFERED_BYTES);
  }

  private long all() {
    return loop.proxy().stats().get(Counter.BUFFERED_BYTES);
  }

  private void assertKept(boolean byOne, boolean byOther) {
    assertThat(kept(one) > 0).as("kept for the one: %d", kept(one)).isEqualTo(byOne);
    assertThat(kept(other) > 0).as("for the other: %d", kept(other)).isEqualTo(byOther);
    assertThat(kept(one) + kept(other)).isEqualTo(all());
  }

  @Test
  void repliesThatAreNotReadAreThoseOfTheListener() {
    FakeSocket socket = one.connect();
    socket.takesOnly(0);
    socket.receive("get " + LONG_KEY + "\r\n");
    assertKept(true, false);

    FakeSocket another = other.connect();
    another.takesOnly(0);
    another.receive("get a\r\n");
    assertKept(true, true);

    socket.takesMore(Integer.MAX_VALUE);
    assertKept(false, true);

    another.disconnectByPeer();
    assertKept(false, false);
  }

  @Test
  void repliesThatWaitForTheirTurnAreToo() {
    one.route.waitToAnswer();
    FakeSocket socket = one.connect();
    socket.receive("get a\r\nget b\r\n");
    assertKept(false, false);

    one.route.answer(1);
    loop.turn();
    assertKept(true, false);

    one.answerEverything();
    assertKept(false, false);
  }

  @Test
  void requestsOfWhichTheEndIsMissingAreToo() {
    FakeSocket socket = other.connect();
    socket.receive("set k 0 0 2000\r\n" + "v".repeat(1000));
    assertKept(false, true);

    socket.receive("v".repeat(1000) + "\r\n");
    assertKept(false, false);
  }

  /** Its buffer is kept until the request is over, and so is the account of it. */
  @Test
  void aClientThatIsGoneKeepsWhatItsRequestsHave() {
    one.route.waitToAnswer();
    FakeSocket socket = one.connect();
    socket.receive("get a\r\nget b\r\n");
    one.route.answer(1);
    loop.turn();

    socket.disconnectByPeer();
    assertKept(true, false);
    assertThat(one.clients.stats().hasClients()).isTrue();

    one.answerEverything();
    assertKept(false, false);
    assertThat(one.clients.stats().hasClients()).isFalse();
  }
}
