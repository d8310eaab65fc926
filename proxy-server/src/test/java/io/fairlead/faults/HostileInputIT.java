package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.faults.AskedFor.Request;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.Escapes;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random input, most of it broken: whatever a client sends, a server receives exactly what was
 * asked for, or nothing.
 */
@ExtendWith(LeakCheck.class)
class HostileInputIT {
  private static final int INPUTS = 20_000;
  private static final long SEED = 20_260_401;

  /** Everything a server may receive; a key has no byte up to 0x20 and no 0x7f. */
  private static final Pattern REQUEST =
      Pattern.compile(
          ("(get|gets)( KEY)+|(gat|gats) NUM( KEY)+|(set|add|replace|append|prepend) KEY UNS NUM"
                  + " UNS|cas KEY UNS NUM UNS UNS|(incr|decr) KEY UNS|touch KEY NUM|delete"
                  + " KEY|(mg|md|ma|me) KEY( FLAG)*|ms KEY UNS( FLAG)*")
              .replace("KEY", "[\\x21-\\x7e\\x80-\\xff]{1,250}")
              .replace("FLAG", "[\\x21-\\x7e\\x80-\\xff]+")
              .replace("NUM", "-?\\d{1,10}")
              .replace("UNS", "\\d{1,20}"));

  private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();

  @TempDir private Path folder;

  @Test
  void onlyWhatWasAskedForReachesAServer() {
    Random random = new Random(SEED);
    int forwarded = 0;
    int tame = 0;
    try (ScriptedBackend backend = ScriptedBackend.running(recording());
        TestProxy proxy =
            ProxySetup.sharded(backend.port())
                .listen(folder.resolve("fairlead.sock"))
                .coalesce(false)
                .clientBufferBytes(64 << 20) // so that all keys of a get leave together
                .start()) {
      for (int i = 0; i < INPUTS; i++) {
        HostileInput input = HostileInput.next(random);
        String reply = exchange(proxy, input.bytes());
        List<Request> requests = List.copyOf(received);
        received.clear();
        check(i, input, requests, reply);
        forwarded += requests.size();
        tame += input.isTame() ? 1 : 0;
      }
    }
    System.out.printf(
        "%-36s %d inputs, %d of them good, %d requests received%n",
        "HOSTILE INPUT", INPUTS, tame, forwarded);
    assertThat(forwarded).isGreaterThan(INPUTS / 4);
  }

  /** The connection is closed when everything has been answered, so that nothing can follow. */
  private static String exchange(TestProxy proxy, String bytes) {
    try (RawClient client = RawClient.connect(proxy.address())) {
      client.send(bytes).halfClose();
      StringBuilder reply = new StringBuilder();
      while (!client.isClosed()) {
        reply.append(client.readUntilQuiet(Duration.ofSeconds(5)));
      }
      return reply.toString();
    }
  }

  private static void check(int number, HostileInput input, List<Request> requests, String reply) {
    String what = "input " + number + ": " + Escapes.encode(input.bytes());
    for (Request request : requests) {
      assertThat(REQUEST.matcher(request.line()).matches())
          .as(what + " was sent on as " + Escapes.encode(request.line()))
          .isTrue();
    }
    assertThat(requests)
        .as(what + " was answered " + Escapes.encode(reply))
        .isEqualTo(AskedFor.by(input.bytes()));
    assertThat(requests).as(what).hasSizeGreaterThanOrEqualTo(input.isTame() ? 1 : 0);
  }

  private Script recording() {
    return peer -> {
      while (true) {
        String line = peer.nextLine();
        int length = AskedFor.bodyLength(line);
        String body = length < 0 ? "" : peer.nextBytes(length + 2);
        received.add(new Request(line, body));
        peer.send(answer(line));
      }
    };
  }

  private static String answer(String line) {
    return switch (line.substring(0, Math.max(0, line.indexOf(' ')))) {
      case "get", "gets", "gat", "gats" -> "END\r\n";
      case "me", "mg" -> "EN\r\n";
      default -> Answers.of(line);
    };
  }
}
