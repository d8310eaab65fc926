package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.NoLeaks;
import io.fairlead.Wire;
import io.fairlead.config.LimitSettings;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.ResultCounter;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may wait for a server before further requests for it fail. */
@ExtendWith(NoLeaks.class)
class ServerLimitTest {
  private static final int BYTES = 4096;
  private static final int REQUESTS = 5;

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final FakeServer server =
      new FakeServer(
          loop, LimitSettings.with().serverBufferBytes(BYTES).serverRequests(REQUESTS).build());
  private final Outcomes outcomes = new Outcomes(true);

  @ParameterizedTest(name = "{0} bytes wait: another request is taken: {1}")
  @CsvSource({"4095, true", "4096, true", "4097, false"})
  void requestsFailAtOnceWhenMoreBytesWaitThanMay(int waiting, boolean taken) {
    server.server().connect();
    server.send(outcomes, 0, setOf(waiting));

    server.get(outcomes, 1, "k");

    if (taken) {
      assertThat(outcomes.told()).isEmpty();
    } else {
      assertThat(outcomes.told()).containsExactly("1 OVERLOADED");
      assertThat(server.server().stats().results().get(ResultCounter.BUSY)).isOne();
    }
    assertThat(server.server().status().failuresInARow()).isZero();
  }

  @Test
  void requestsAreTakenAgainWhenTheServerHasReadThem() {
    server.server().connect();
    server.send(outcomes, 0, setOf(BYTES + 1));
    server.get(outcomes, 1, "k");
    assertThat(outcomes.told()).containsExactly("1 OVERLOADED");

    FakeSocket socket = server.accept();
    assertThat(socket.sent()).hasSize(BYTES + 1);
    server.get(outcomes, 2, "k");
    loop.turn();

    assertThat(socket.sent()).isEqualTo("get k\r\n");
  }

  @ParameterizedTest(name = "{0} requests in flight: another one is taken: {1}")
  @CsvSource({"4, true", "5, false", "6, false"})
  void requestsFailAtOnceWhenMoreAreInFlightThanMay(int inFlight, boolean taken) {
    server.server().connect();
    server.accept();
    for (int i = 0; i < Math.min(inFlight, REQUESTS); i++) {
      server.send(outcomes, i, "delete k\r\n");
    }
    loop.turn();

    server.send(outcomes, 10, "delete k\r\n");

    if (taken) {
      assertThat(outcomes.told()).isEmpty();
    } else {
      assertThat(outcomes.told()).containsExactly("10 OVERLOADED");
    }
  }

  @ParameterizedTest(name = "{0} bytes of large values wait: another one is taken: {1}")
  @CsvSource({"4095, true", "4096, true", "4097, false"})
  void largeValuesFailAtOnceWhenMoreOfThemWaitsThanMay(int waiting, boolean taken) {
    upload(0, waiting / 2);
    upload(1, waiting - waiting / 2);

    Upload next = server.upload(outcomes, "set k 0 0 100000\r\n", () -> {});

    assertThat(next != null).isEqualTo(taken);
    if (taken) {
      assertThat(outcomes.told()).isEmpty();
    } else {
      assertThat(outcomes.told()).containsExactly("0 OVERLOADED");
    }
  }

  /** Each is on a connection of its own. */
  @Test
  void largeValuesFailAtOnceWhenMoreAreOnTheirWayThanMay() {
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(server.upload(outcomes, "set k 0 0 100000\r\n", () -> {})).isNotNull();
    }

    assertThat(server.upload(outcomes, "set k 0 0 100000\r\n", () -> {})).isNull();

    assertThat(outcomes.told()).containsExactly("0 OVERLOADED");
  }

  private static String setOf(int bytes) {
    for (int length = bytes; length > 0; length--) {
      String request = "set k 0 0 " + length + "\r\n" + "v".repeat(length) + "\r\n";
      if (request.length() == bytes) {
        return request;
      }
    }
    throw new IllegalArgumentException("no set is so short: " + bytes);
  }

  /** Begins a value of which, with its line, so many bytes wait. */
  private void upload(int slot, int bytes) {
    String line = "set k 0 0 100000\r\n";
    Upload upload =
        Objects.requireNonNull(server.upload(outcomes, line, () -> {}), "upload " + slot);
    ByteBuf value = Wire.buffer("v".repeat(bytes - line.length()));
    upload.value(value, 0, value.readableBytes());
  }
}
