package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A meta reply that does not repeat what its request had ends the server connection. */
@ExtendWith(NoLeaks.class)
class MetaEchoTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server = new FakeServer(loop);
  private final Outcomes outcomes = new Outcomes();
  private final FakeSocket socket = connect();

  private FakeSocket connect() {
    server.server().connect();
    return server.accept();
  }

  @ParameterizedTest
  @CsvSource({
    "mg a k v,             VA 1 ka|x",
    "mg a v k Oabc t,      VA 1 ka Oabc t-1|x",
    "mg a k Oabc,          HD ka Oabc",
    "mg a k Oabc,          HD Oabc ka",
    "mg a k,               EN",
    "mg a k,               HD",
    "mg QUJD b k v,        VA 1 kQUJD b|x",
    "mg QUJD b k v,        VA 1 kABC|x",
    "mg ABC k v,           VA 1 kQUJD b|x",
    "md a k Oabc,          NF ka Oabc",
    "ma a k v,             VA 1 ka|2",
    "ma a k,               CLIENT_ERROR cannot increment or decrement non-numeric value",
    "me a,                 ME a exp=-1 la=0",
    "me a,                 EN",
    "mg a s,               HD s10",
    "mg a Ok,              HD Ok",
  })
  void takesAReplyThatRepeatsIt(String request, String reply) {
    ask(request);

    socket.receive(reply.replace("|", "\r\n") + "\r\n");

    assertThat(outcomes.told()).hasSize(1).allSatisfy(told -> assertThat(told).startsWith("0 "));
    assertThat(socket.isOpen()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "mg a k v,             VA 1 kb|x",
    "mg a k v,             VA 1 kab|x",
    "mg a k v,             VA 1 k|x",
    "mg QUJD k v,          VA 1 kABC|x",
    "mg QUJD b k v,        VA 1 kABD|x",
    "mg eA0KSEQ= b k v,     VA 1 kx|HD|x",
    "mg a v,               VA 1 ka|x",
    "mg a Oabc,            HD Oabd",
    "mg a Oabc,            HD Oab",
    "mg a Oabc,            HD O",
    "mg a,                 HD Oabc",
    "md a k,               NF kb",
    "ma a k v,             VA 1 kb|2",
    "me a,                 ME b exp=-1",
    "me eA0KSEQ= b,         ME x",
  })
  void endsTheConnectionForAnother(String request, String reply) {
    ask(request);
    server.send(outcomes, 1, "md other\r\n");
    loop.turn();

    socket.receive(reply.replace("|", "\r\n") + "\r\n");

    assertThat(outcomes.told()).containsExactlyInAnyOrder("0 INVALID_REPLY", "1 INVALID_REPLY");
    assertThat(socket.isOpen()).isFalse();
  }

  private void ask(String request) {
    server.send(outcomes, 0, request + "\r\n");
    loop.turn();
  }
}
