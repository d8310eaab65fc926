package io.fairlead.routes;

import io.fairlead.faults.Await;
import io.fairlead.faults.Servers;
import io.fairlead.testkit.RawClient;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client and the proxy say to each other, and what servers hold meanwhile.
 *
 * <pre>
 *   > set k 0 0 1                 the client sends
 *   < STORED                      and is answered
 *   10.0.0.1 holds k = x          or: holds no k
 *   10.0.0.1 holds k = x for 60s  as much as that is left, to ten seconds
 *   10.0.0.1 is given k = x       or: is given k = x for 60s
 *   10.0.0.1 dies
 * </pre>
 */
final class Transcript {
  private static final double TTL_STEP = 10;
  private static final Pattern HIT = Pattern.compile("VA \\d+ t(-?\\d+)/(.*)");

  private final Servers servers;
  private final RawClient client;
  private final StringBuilder sent = new StringBuilder();
  private int replies;

  /** A kind of line that is not said by the client or the proxy. */
  private enum Step {
    HOLDS("10\\.0\\.0\\.(\\d) holds (\\S+) = (\\S+)(?: for (\\d+)s)?") {
      @Override
      void play(Servers servers, int server, Matcher line) {
        String ttl = line.group(4) == null ? "-1" : line.group(4);
        await(line, () -> held(servers, server, line.group(2)), line.group(3) + "@" + ttl);
      }
    },
    HOLDS_NO("10\\.0\\.0\\.(\\d) holds no (\\S+)") {
      @Override
      void play(Servers servers, int server, Matcher line) {
        await(line, () -> held(servers, server, line.group(2)), "nothing");
      }
    },
    IS_GIVEN("10\\.0\\.0\\.(\\d) is given (\\S+) = (\\S+)(?: for (\\d+)s)?") {
      @Override
      void play(Servers servers, int server, Matcher line) {
        String value = line.group(3);
        String ttl = line.group(4) == null ? "0" : line.group(4);
        String store = "set %s 0 %s %d/%s".formatted(line.group(2), ttl, value.length(), value);
        expect(line, servers.on(server, store), "STORED");
      }
    },
    DIES("10\\.0\\.0\\.(\\d) dies") {
      @Override
      void play(Servers servers, int server, Matcher line) {
        servers.kill(server);
      }
    };

    private final Pattern pattern;

    Step(String pattern) {
      this.pattern = Pattern.compile(pattern);
    }

    abstract void play(Servers servers, int server, Matcher line);
  }

  Transcript(Servers servers, RawClient client) {
    this.servers = servers;
    this.client = client;
  }

  /** Plays it, and answers how many replies were as expected. */
  int play(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("> ")) {
        sent.append(line.substring(2)).append("\r\n");
      } else if (line.startsWith("< ")) {
        StringBuilder expected = new StringBuilder();
        for (; i < lines.size() && lines.get(i).startsWith("< "); i++) {
          expected.append(lines.get(i).substring(2)).append("\r\n");
        }
        i--;
        answer(expected.toString());
      } else {
        step(line);
      }
    }
    expect(text, sent.toString(), "");
    return replies;
  }

  private void answer(String expected) {
    client.send(sent.toString()).expect(expected);
    sent.setLength(0);
    replies++;
  }

  private void step(String line) {
    for (Step step : Step.values()) {
      Matcher matcher = step.pattern.matcher(line);
      if (matcher.matches()) {
        step.play(servers, Integer.parseInt(matcher.group(1)) - 1, matcher);
        return;
      }
    }
    throw new AssertionError("no line of a transcript: " + line);
  }

  private static String held(Servers servers, int server, String key) {
    Matcher hit = HIT.matcher(servers.on(server, "mg " + key + " t v"));
    if (!hit.matches()) {
      return "nothing";
    }
    long ttl = Long.parseLong(hit.group(1));
    return hit.group(2) + "@" + (ttl < 0 ? -1 : Math.round(ttl / TTL_STEP) * (int) TTL_STEP);
  }

  private static void await(Matcher line, Supplier<String> now, String wanted) {
    Await.until(line.group() + ", but it holds " + now.get(), () -> now.get().equals(wanted));
  }

  private static void expect(Object what, String actual, String expected) {
    if (!actual.equals(expected)) {
      throw new AssertionError(what + ": " + actual + " (expected: " + expected + ")");
    }
  }
}
