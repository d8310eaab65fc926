package io.fairlead.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.it.LeakCheck;
import io.fairlead.metrics.Counter;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.Script;
import io.fairlead.testkit.ScriptedBackend;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that missed gets the value that another one had. */
@ExtendWith(LeakCheck.class)
class RepairIT {
  private static final int KEYS = 300;

  /** Twice as long goes by before a value is copied. */
  private static final Duration TIMEOUT = Duration.ofMillis(400);

  @RegisterExtension static final Servers replicas = new Servers(3);

  private TestProxy proxy;
  private RawClient client;

  @BeforeEach
  void startProxy() {
    proxy = repairing(replicas.setup()).start();
    client = proxy.client();
  }

  private static ProxySetup repairing(ProxySetup setup) {
    return setup.replicas(usual -> usual.withRepair(1)).timeout(TIMEOUT);
  }

  @AfterEach
  void stopProxy() {
    proxy.close();
  }

  private void awaitAllOver() {
    Await.until("no repair is under way", () -> proxy.count(Counter.REPAIRS_UNDER_WAY) == 0);
  }

  @ParameterizedTest
  @CsvSource({
    "get k, VALUE k 7 3/new/END",
    "get a k b, VALUE k 7 3/new/END",
    "mg k v, VA 3/new",
    "mg k s, HD s3",
    "mg aw== b v, VA 3/new",
  })
  void everyReplicaThatMissedGetsValueFlagsAndTimeLeft(String request, String reply) {
    replicas.on(2, "set k 7 100 3/new");

    assertThat(Servers.reply(client, request)).isEqualTo(reply);

    proxy.awaitCount(Counter.REPAIRS, 2);
    for (int i = 0; i < 2; i++) {
      assertThat(replicas.on(i, "mg k v f t")).matches("VA 3 f7 t(100|99|98)/new");
    }
    assertThat(proxy.count(Counter.REPAIRS)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"0, t-1", "1000000, t(1000000|99999[0-9])", "2592000, t(2592000|259199[0-9])"})
  void theTimeLeftIsTheSame(int expiry, String left) {
    replicas.on(1, "set k 0 " + expiry + " 1/v");

    assertThat(Servers.reply(client, "get k")).isEqualTo("VALUE k 0 1/v/END");

    proxy.awaitCount(Counter.REPAIRS, 1);
    assertThat(replicas.on(0, "mg k t")).matches("HD " + left);
    assertThat(difference(replicas.on(0, "mg k t"), replicas.on(1, "mg k t"))).isLessThan(2);
  }

  private static long difference(String one, String other) {
    return Math.abs(Long.parseLong(one.substring(4)) - Long.parseLong(other.substring(4)));
  }

  @ParameterizedTest
  @ValueSource(ints = {100 << 10, (1 << 20) - 200})
  void largeValuesToo(int length) {
    String value = "x".repeat(length);
    replicas.store(1, "k", value);

    assertThat(Servers.reply(client, "get k"))
        .isEqualTo("VALUE k 0 " + length + "/" + value + "/END");

    proxy.awaitCount(Counter.REPAIRS, 1);
    assertThat(replicas.values("k")).containsExactly(value, value, "-");
  }

  @Test
  void binaryKeysToo() {
    assertThat(replicas.on(1, "ms AAEC 1 b/v")).isEqualTo("HD");

    assertThat(Servers.reply(client, "mg AAEC b v")).isEqualTo("VA 1/v");

    proxy.awaitCount(Counter.REPAIRS, 1);
    assertThat(replicas.on(0, "mg AAEC b v")).isEqualTo("VA 1/v");
  }

  @Test
  void readsThatHitOrMissEverywhereRepairNothing() {
    replicas.store(0, "k", "v");
    replicas.on(1, "ms stale 1/v");
    replicas.on(1, "md stale I T100");

    assertThat(Servers.reply(client, "get k none")).isEqualTo("VALUE k 0 1/v/END");
    assertThat(Servers.reply(client, "mg none v")).isEqualTo("EN");
    assertThat(Servers.reply(client, "gets k")).startsWith("VALUE k 0 1 ");
    Servers.reply(client, "get stale");
    replicas.on(1, "set last 0 0 1/v");
    Servers.reply(client, "get last");

    proxy.awaitCount(Counter.REPAIRS, 1);
    assertThat(replicas.values("k")).containsExactly("v", "-", "-");
    assertThat(replicas.on(0, "get stale")).isEqualTo("END");
  }

  /** All of it arrives at once: the writes are there before the repairs have begun to copy. */
  @ParameterizedTest
  @CsvSource({
    "delete k,          '-,-,-'",
    "md k,              '-,-,-'",
    "set k 0 0 3/new,   'new,new,new'",
    "ms k 3/new,        'new,new,new'",
  })
  void aWriteOfTheSameMomentWins(String write, String after) {
    List<String> keys = IntStream.range(0, 50).mapToObj(i -> i + "k").toList();
    for (String key : keys) {
      replicas.store(1, key, "old");
      Servers.reply(client, "get " + key + "/" + write.replace(" k", " " + key) + "/get none");
    }
    awaitAllOver();
    for (String key : keys) {
      assertThat(replicas.values(key)).isEqualTo(List.of(after.split(",", -1)));
    }
  }

  /** An append of another proxy that the server with the value has, and the other gets later. */
  @Test
  void whatIsOnItsWayToAReplicaIsNotCopiedToIt() {
    AtomicInteger questions = new AtomicInteger();
    Script source =
        Script.answering(
            line ->
                switch (line) {
                  case "get k" -> "VALUE k 0 2\r\nv+\r\nEND\r\n";
                  case "mg k v f t c" -> "VA 2 f0 t-1 c5\r\nv+\r\n";
                  case "mg k c" -> questions.incrementAndGet() > 0 ? "HD c5\r\n" : "";
                  default -> Answers.of(line);
                });
    try (ScriptedBackend backend = ScriptedBackend.running(source);
        TestProxy half = beside(backend)) {
      assertThat(Servers.reply(half.client(), "get k")).isEqualTo("VALUE k 0 2/v+/END");
      Await.until("it was looked at", () -> questions.get() == 1);

      assertThat(replicas.on(0, "append k 0 0 1/+")).isEqualTo("NOT_STORED");

      Await.until("it is copied", () -> !replicas.values("k").get(0).equals("-"));
      assertThat(replicas.values("k").get(0)).isEqualTo("v+");
    }
  }

  /** What has changed while it was waited is left to the next read. */
  @Test
  void aValueThatDoesNotStayTheSameIsNotCopied() {
    AtomicInteger copies = new AtomicInteger();
    Script source =
        Script.answering(
            line ->
                switch (line) {
                  case "get k" -> "VALUE k 0 1\r\nv\r\nEND\r\n";
                  case "mg k v f t c" -> "VA 1 f0 t-1 c" + copies.incrementAndGet() + "\r\nv\r\n";
                  case "mg k c" -> "HD c5\r\n";
                  default -> Answers.of(line);
                });
    try (ScriptedBackend backend = ScriptedBackend.running(source);
        TestProxy half = beside(backend)) {
      Servers.reply(half.client(), "get k");

      Await.until("it was to be copied", () -> copies.get() == 1);
      Await.until("it is over", () -> half.count(Counter.REPAIRS_UNDER_WAY) == 0);
      assertThat(half.count(Counter.REPAIRS)).isZero();
      assertThat(replicas.values("k").get(0)).isEqualTo("-");
    }
  }

  /** The first server, with a scripted one behind it that has what the first one misses. */
  private static TestProxy beside(ScriptedBackend backend) {
    return repairing(ProxySetup.replicated(replicas.ports().get(0), backend.port())).start();
  }

  /** What the server that had the value says when it is asked again. */
  @ParameterizedTest
  @CsvSource({"HD c5, 0", "HD c6, 1", "EN, 1", "SERVER_ERROR busy, 1"})
  void aCopyIsTakenBackWhenItsOriginalHasChanged(String secondAnswer, int undone) {
    AtomicInteger questions = new AtomicInteger();
    Script source =
        Script.answering(
            line ->
                switch (line) {
                  case "get k" -> "VALUE k 7 1\r\nv\r\nEND\r\n";
                  case "mg k v f t c" -> "VA 1 f7 t-1 c5\r\nv\r\n";
                  case "mg k c" ->
                      (questions.incrementAndGet() == 1 ? "HD c5" : secondAnswer) + "\r\n";
                  default -> Answers.of(line);
                });
    try (ScriptedBackend backend = ScriptedBackend.running(source);
        TestProxy half = beside(backend)) {
      assertThat(Servers.reply(half.client(), "get k")).isEqualTo("VALUE k 7 1/v/END");

      half.awaitCount(Counter.REPAIRS, 1);
      half.awaitCount(Counter.REPAIRS_UNDONE, undone);
      Await.until(
          "the copy is " + (undone > 0 ? "gone" : "there"),
          () -> replicas.values("k").get(0).equals(undone > 0 ? "-" : "v"));
    }
  }

  /** A delete by another proxy that the server with the value gets later than the others. */
  @ParameterizedTest
  @CsvSource({"HD c5, HD c5, 0", "HD c5, HD c6, 1", "HD c5, EN, 1", "HD c5, SERVER_ERROR busy, 1"})
  void aCopyIsLookedAtAgainWhenTheTimeOfARequestIsOver(String first, String second, int undone) {
    AtomicInteger questions = new AtomicInteger();
    Script source =
        Script.answering(
            line ->
                switch (line) {
                  case "get k" -> "VALUE k 7 1\r\nv\r\nEND\r\n";
                  case "mg k v f t c" -> "VA 1 f7 t-1 c5\r\nv\r\n";
                  case "mg k c" ->
                      switch (questions.incrementAndGet()) {
                            case 1 -> "HD c5";
                            case 2 -> first;
                            default -> second;
                          }
                          + "\r\n";
                  default -> Answers.of(line);
                });
    try (ScriptedBackend backend = ScriptedBackend.running(source);
        TestProxy half = beside(backend)) {
      assertThat(Servers.reply(half.client(), "get k")).isEqualTo("VALUE k 7 1/v/END");

      Await.until("it is asked twice", () -> questions.get() == 3);
      half.awaitCount(Counter.REPAIRS_UNDONE, undone);
      Await.until(
          "the copy is " + (undone > 0 ? "gone" : "there"),
          () -> replicas.values("k").get(0).equals(undone > 0 ? "-" : "v"));
    }
  }

  /** It has reached the copies, too, and may not be taken for what another proxy has done. */
  @Test
  void aWriteOfThisProxyMeanwhileIsNotTakenBack() {
    AtomicInteger ofFirst = new AtomicInteger();
    AtomicInteger ofLast = new AtomicInteger();
    Script source =
        Script.answering(
            line ->
                switch (line) {
                  case "get k", "get last" -> "VALUE" + line.substring(3) + " 7 1\r\nv\r\nEND\r\n";
                  case "mg k v f t c", "mg last v f t c" -> "VA 1 f7 t-1 c5\r\nv\r\n";
                  case "mg k c" -> ofFirst.incrementAndGet() <= 2 ? "HD c5\r\n" : "HD c6\r\n";
                  case "mg last c" -> ofLast.incrementAndGet() > 0 ? "HD c5\r\n" : "";
                  default -> Answers.of(line);
                });
    try (ScriptedBackend backend = ScriptedBackend.running(source);
        TestProxy half = beside(backend)) {
      RawClient asking = half.client();
      Servers.reply(asking, "get k");
      Await.until("it is asked at once", () -> ofFirst.get() == 2);

      assertThat(Servers.reply(asking, "touch k 100")).isEqualTo("TOUCHED");
      Servers.reply(asking, "get last");
      Await.until("a later one is asked twice", () -> ofLast.get() == 3);

      assertThat(ofFirst).hasValue(2);
      assertThat(replicas.values("k").get(0)).isEqualTo("v");
      assertThat(half.count(Counter.REPAIRS_UNDONE)).isZero();
    }
  }

  /** Half of the keys are written or deleted while they are read by another client. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noNewerValueIsEverOverwritten(long seed) {
    Random random = new Random(seed);
    RawClient writer = proxy.client();
    IntStream.range(0, KEYS).forEach(k -> replicas.store(1 + k % 2, "k" + k, "old"));
    List<String> newest = new ArrayList<>();
    for (int k = 0; k < KEYS; k++) {
      client.send("get k" + k + "\r\n");
      switch (random.nextInt(4)) {
        case 0 -> {
          writer.send("set k" + k + " 0 0 3\r\nnew\r\n");
          newest.add("new");
        }
        case 1 -> {
          writer.send("delete k" + k + "\r\n");
          newest.add("-");
        }
        default -> newest.add("old");
      }
    }
    Servers.reply(writer, "get none");
    Servers.reply(client, "get none");
    awaitAllOver();
    for (int k = 0; k < KEYS; k++) {
      String expected = newest.get(k);
      for (String value : replicas.values("k" + k)) {
        assertThat(value).as("k" + k).isIn(expected, "-");
      }
    }
    assertThat(proxy.count(Counter.REPAIRS)).isPositive();
  }

  /** Deleted on the servers behind the back of this proxy, as another one does. */
  @Test
  void whatAnotherProxyDeletesMeanwhileIsTakenBack() {
    try (TestProxy other = replicas.setup().start()) {
      RawClient deleting = other.client();
      for (int i = 0; i < 300; i++) {
        String key = "k" + i;
        replicas.on(0, "delete " + key);
        replicas.store(1, key, "v");
        client.send("get " + key + "\r\n");
        deleting.send("delete " + key + "\r\n").readThrough("\r\n");
        client.readThrough("END\r\n");
      }
      Await.until(
          "no old value is left",
          () ->
              IntStream.range(0, 300)
                  .allMatch(i -> replicas.values("k" + i).equals(List.of("-", "-", "-"))));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "0.5, 90, 210", "1, 300, 300"})
  void onlyThePartThatIsAskedForIsRepaired(double part, int least, int most) {
    ProxySetup setup = replicas.setup().replicas(usual -> usual.withRepair(part)).timeout(TIMEOUT);
    try (TestProxy sampling = setup.start()) {
      RawClient reader = sampling.client();
      IntStream.range(0, KEYS).forEach(k -> replicas.store(1, "k" + k, "v"));
      IntStream.range(0, KEYS).forEach(k -> Servers.reply(reader, "get k" + k));
      Await.until("all are over", () -> sampling.count(Counter.REPAIRS_UNDER_WAY) == 0);
      assertThat(sampling.count(Counter.REPAIRS)).isBetween((long) least, (long) most);
    }
  }

  @Test
  void aReplicaThatLostEverythingIsFilledByReads() {
    IntStream.range(0, KEYS).forEach(k -> Servers.reply(client, "set k" + k + " 0 0 1/v"));
    replicas.kill(0);
    replicas.reset(0);

    Await.until(
        "the first is filled",
        () -> {
          IntStream.range(0, KEYS).forEach(k -> Servers.reply(client, "get k" + k));
          return IntStream.range(0, KEYS)
              .allMatch(k -> replicas.on(0, "get k" + k).startsWith("VALUE"));
        });
  }
}
