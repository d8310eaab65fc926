package io.fairlead.testkit;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for servers to come up. */
final class Readiness {
  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration ONE_ANSWER = Duration.ofMillis(500);
  private static final long RETRY_MILLIS = 2;

  private Readiness() {}

  /** Answers true once {@code condition} holds, false when {@code alive} ends or time is up. */
  static boolean await(BooleanSupplier condition, BooleanSupplier alive) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (!alive.getAsBoolean() || System.nanoTime() - deadline > 0) {
        return false;
      }
      try {
        Thread.sleep(RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Whether a memcached at that address answers, if only that it wants a password. */
  static boolean answersVersion(SocketAddress address) {
    try (RawClient client = RawClient.tryConnect(address)) {
      String answer = client.withDeadline(ONE_ANSWER).send("version\r\n").readLine();
      return answer.startsWith("VERSION ") || answer.startsWith("CLIENT_ERROR unauthenticated");
    } catch (IOException | AssertionError e) {
      return false;
    }
  }

  static boolean accepts(SocketAddress address) {
    try (RawClient client = RawClient.tryConnect(address)) {
      return !client.isClosed();
    } catch (IOException e) {
      return false;
    }
  }
}
