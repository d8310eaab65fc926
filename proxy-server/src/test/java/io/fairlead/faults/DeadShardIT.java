package io.fairlead.faults;

import io.fairlead.config.EjectBuilder;
import io.fairlead.config.EjectSettings;
import io.fairlead.config.EjectSettings.InPanic;
import io.fairlead.config.EjectSettings.PanicSettings;
import io.fairlead.config.EjectSettings.WhileEjected;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each command gets while the server of its key is ejected. */
@ExtendWith(LeakCheck.class)
class DeadShardIT {
  private static final String EJECTED = "SERVER_ERROR server is ejected\r\n";

  /** Too few servers to go on as before: with one of two out. */
  private static final int ALL = 100;

  /** A way to answer in place of a server. */
  enum Answer {
    REHASH,
    ERROR,
    MISS,
    ERROR_IN_PANIC,
    MISS_IN_PANIC;

    EjectSettings settings() {
      Duration never = Duration.ofMinutes(10);
      return builder().failures(1).connectFailures(1).every(never).build();
    }

    private EjectBuilder builder() {
      return switch (this) {
        case REHASH -> EjectSettings.with(WhileEjected.REHASH);
        case ERROR -> EjectSettings.with(WhileEjected.ERROR);
        case MISS -> EjectSettings.with(WhileEjected.MISS);
        case ERROR_IN_PANIC -> inPanic(InPanic.ERROR);
        case MISS_IN_PANIC -> inPanic(InPanic.MISS);
      };
    }

    private static EjectBuilder inPanic(InPanic then) {
      return EjectSettings.with(WhileEjected.REHASH).panic(new PanicSettings(ALL, then));
    }

    boolean misses() {
      return this == MISS || this == MISS_IN_PANIC;
    }

    /** What a command gets. */
    String of(String whereItMoves, String whenItMisses) {
      if (this == REHASH) {
        return whereItMoves;
      }
      return misses() ? whenItMisses : EJECTED;
    }
  }

  @ParameterizedTest
  @EnumSource(Answer.class)
  void everyCommand(Answer answer) {
    onDeadShard(
        answer,
        (client, dead, alive) -> {
          String value = Answers.valueOf(dead);
          client.send("get " + dead + "\r\n").expect(answer.of(Answers.get(dead), "END\r\n"));
          client.send("gets " + dead + "\r\n").expect(answer.of("END\r\n", "END\r\n"));
          client.send("gat 0 " + dead + "\r\n").expect(answer.of("END\r\n", "END\r\n"));
          client
              .send("mg " + dead + " v\r\n")
              .expect(answer.of("VA " + value.length() + "\r\n" + value + "\r\n", "EN\r\n"));
          client.send("me " + dead + "\r\n").expect(answer.of("EN\r\n", "EN\r\n"));
          client.send("set " + dead + " 0 0 1\r\nx\r\n").expect(answer.of("STORED\r\n", EJECTED));
          client.send("add " + dead + " 0 0 1\r\nx\r\n").expect(answer.of("STORED\r\n", EJECTED));
          client.send("delete " + dead + "\r\n").expect(answer.of("DELETED\r\n", EJECTED));
          client.send("incr " + dead + " 1\r\n").expect(answer.of("1\r\n", EJECTED));
          client.send("touch " + dead + " 0\r\n").expect(answer.of("TOUCHED\r\n", EJECTED));
          client.send("ms " + dead + " 1\r\nx\r\n").expect(answer.of("HD\r\n", EJECTED));
          client.send("md " + dead + "\r\n").expect(answer.of("HD\r\n", EJECTED));
          client.send("ma " + dead + "\r\n").expect(answer.of("HD\r\n", EJECTED));
          client.send("set " + dead + " 0 0 100000\r\n" + "x".repeat(100_000) + "\r\n");
          client.expect(answer.of("STORED\r\n", EJECTED));
          client
              .send("get " + alive + " " + dead + "\r\n")
              .expect(
                  answer == Answer.REHASH
                      ? Answers.of("get " + alive + " " + dead)
                      : Answers.get(alive));
          client.send("get " + alive + "\r\n").expect(Answers.get(alive));
        });
  }

  /** What is to be seen of a pool with one dead server. */
  @FunctionalInterface
  interface Scene {
    void with(RawClient client, String keyOfDead, String keyOfAlive);
  }

  private static void onDeadShard(Answer answer, Scene scene) {
    Script deaf = Script.closingAfter(0, Answers::of);
    try (ScriptedBackend good = ScriptedBackend.answering(DeadShardIT::answer);
        ScriptedBackend dead = ScriptedBackend.answering(DeadShardIT::answer);
        TestProxy proxy =
            ProxySetup.sharded(good.port(), dead.port()).eject(answer.settings()).start()) {
      RawClient client = proxy.client();
      String ofDead = OwnedKey.of(dead, client);
      String ofGood = OwnedKey.of(good, client);
      dead.nowRunning(deaf);
      dead.closeConnections();
      while (proxy.isUp(1)) {
        client.send("incr " + ofDead + " 1\r\n").readLine();
      }
      scene.with(client, ofDead, ofGood);
    }
  }

  private static String answer(String line) {
    String verb = line.split(" ", -1)[0];
    return switch (verb) {
      case "gets", "gat" -> "END\r\n";
      case "me" -> "EN\r\n";
      default -> Answers.of(line);
    };
  }
}
