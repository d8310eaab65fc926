package io.fairlead.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(NoLeaks.class)
class FaultyConnectionTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  /** It fails when it is resumed, and once more when it is closed for that. */
  private static final class Faulty extends Connection {
    Faulty(ProxyLoop loop) {
      super(loop);
      suspend();
      resume();
    }

    @Override
    protected int consume(ByteBuf in, int from, int to) {
      return to;
    }

    @Override
    protected boolean mayResume() {
      throw new IllegalStateException("a fault, on purpose");
    }

    @Override
    protected void onClosed() {
      throw new IllegalStateException("another fault, on purpose");
    }
  }

  @Test
  void aFaultCostsOneConnectionAndNotTheOthers() {
    Connection faulty = new Faulty(loop.proxy());
    FakeSocket socket = loop.open(new LineConnection(loop.proxy()));
    assertThat(faulty.isClosed()).isTrue();

    socket.receive("echo a\n");

    assertThat(socket.sent()).isEqualTo("echo a\n");
  }
}
