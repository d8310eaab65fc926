package io.fairlead.it;

import io.fairlead.testkit.Escapes;
import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends random commands in pipelines and knows the replies.
 *
 * <p>A request changes what the client knows at once, because the next one in the pipeline must
 * find it done.
 */
final class ModelClient {
  private static final int LONGEST_PIPELINE = 40;
  private static final int SHOWN_OF_A_PIPELINE = 2_000;

  private final Random random;
  private final OwnKeys own;
  private final ClassicCommands classic;
  private final MetaCommands meta;
  private final StringBuilder requests = new StringBuilder();
  private final List<Expectation> replies = new ArrayList<>();
  private final StringBuilder exact = new StringBuilder();

  /** Takes a reply from the connection. */
  interface Expectation {
    void take(RawClient connection);
  }

  ModelClient(String name, SharedKeys shared, Random random) {
    this.random = random;
    this.own = new OwnKeys(name);
    this.classic = new ClassicCommands(this, own, shared, random);
    this.meta = new MetaCommands(this, own, shared, random);
  }

  /** Sends that many requests, give or take a few. */
  void run(RawClient connection, int count) {
    int sent = 0;
    while (sent < count) {
      int length = 1 + random.nextInt(LONGEST_PIPELINE);
      for (int i = 0; i < length; i++) {
        oneOfAll();
      }
      request("mn\r\n").reply("MN\r\n");
      exchange(connection);
      sent += length;
    }
  }

  /** Keys that were asked for more than once in one get. */
  long duplicateKeys() {
    return classic.duplicateKeys();
  }

  /** Adds a request to the pipeline. */
  ModelClient request(String text) {
    requests.append(text);
    return this;
  }

  /** Adds bytes that must come. */
  ModelClient reply(String bytes) {
    exact.append(bytes);
    return this;
  }

  /** Adds a reply of which not every byte is known beforehand. */
  void reply(Expectation expectation) {
    flushExact();
    replies.add(expectation);
  }

  private void flushExact() {
    if (!exact.isEmpty()) {
      String bytes = exact.toString();
      exact.setLength(0);
      replies.add(connection -> connection.expect(bytes));
    }
  }

  private void oneOfAll() {
    int kind = random.nextInt(100);
    if (kind < 76) {
      classic.oneOfAll();
    } else if (kind < 97) {
      meta.oneOfAll();
    } else if (kind < 98) {
      request("bogus\r\n").reply("ERROR\r\n");
    } else if (kind < 99) {
      request("version\r\n").reply("VERSION 1.6.18\r\n");
    } else {
      request("get " + "x".repeat(251) + "\r\n").reply("CLIENT_ERROR bad command line format\r\n");
    }
  }

  private void exchange(RawClient connection) {
    flushExact();
    String pipeline = requests.toString();
    requests.setLength(0);
    try {
      connection.send(pipeline);
      for (Expectation expectation : replies) {
        expectation.take(connection);
      }
    } catch (AssertionError e) {
      String shown = pipeline.substring(0, Math.min(pipeline.length(), SHOWN_OF_A_PIPELINE));
      throw new AssertionError(e.getMessage() + "\nin: " + Escapes.encode(shown), e);
    }
    replies.clear();
  }

  /**
   * Whether it is defined what an incr makes of a value. Before it reads digits, memcached skips
   * white space and a sign, and the line end of an empty value, behind which lies what was there
   * before.
   */
  static boolean isCountable(OwnKeys.Item item) {
    return !item.value().isEmpty() && item.value().charAt(0) > '-';
  }

  /** What an incr by {@code delta} makes of a value; null when that is no number. */
  static @Nullable String sum(OwnKeys.Item item, int delta) {
    boolean number = !item.value().isEmpty() && Character.isDigit(item.value().charAt(0));
    return number ? Long.toString(Long.parseLong(item.value()) + delta) : null;
  }
}
