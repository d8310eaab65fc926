package io.fairlead.twemproxy;

import io.fairlead.testkit.RawClient;
import java.time.Duration;
import java.util.function.ToIntFunction;

/** What clients of four pools do: the same for every proxy, one request at a time. */
final class StatsTraffic {
  /** Connections of one pool that this traffic ends in good order, the last one at its very end. */
  static final int ENDED = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String KEYS = "apple banana cherry damson elder fig grape hazel";

  private final ToIntFunction<String> portOf;

  private StatsTraffic(ToIntFunction<String> portOf) {
    this.portOf = portOf;
  }

  /**
   * @param portOf where a pool listens
   */
  static void send(ToIntFunction<String> portOf) {
    StatsTraffic traffic = new StatsTraffic(portOf);
    traffic.hitsAndMisses();
    traffic.clientsThatLeave();
    traffic.aServerThatIsDead();
    traffic.aServerThatHangs();
    traffic.aServerThatCloses();
    traffic.removeWhatWasStored();
    for (String pool : StatsIT.POOLS) {
      for (int i = 0; i < ENDED; i++) {
        traffic.connect(pool).close();
      }
    }
  }

  private void hitsAndMisses() {
    try (RawClient client = connect("live")) {
      client.send("get " + KEYS + "\r\n").expect("END\r\n");
      for (String key : KEYS.split(" ", -1)) {
        client.send("set " + key + " 7 0 3\r\nxyz\r\n").expect("STORED\r\n");
        client.send("get " + key + "\r\n").expect("VALUE " + key + " 7 3\r\nxyz\r\nEND\r\n");
        client.send("get none-" + key + "\r\n").expect("END\r\n");
      }
      client.send("get fig none-fig\r\n").expect("VALUE fig 7 3\r\nxyz\r\nEND\r\n");
      client.send("gets none-apple none-banana none-cherry\r\n").expect("END\r\n");
      client.send("delete apple\r\ndelete apple\r\n").expect("DELETED\r\nNOT_FOUND\r\n");
      client.send("set n 0 0 1\r\n1\r\n").expect("STORED\r\n");
      client.send("incr n 1\r\ntouch n 0\r\n").expect("2\r\nTOUCHED\r\n");
      String large = "v".repeat(40_000);
      client.send("set large 0 0 40000\r\n" + large + "\r\n").expect("STORED\r\n");
      client.send("get large\r\n").expect("VALUE large 0 40000\r\n" + large + "\r\nEND\r\n");
    }
  }

  private void clientsThatLeave() {
    try (RawClient quits = connect("live")) {
      quits.send("get apple\r\nquit\r\n").expect("END\r\n").expectClosed();
    }
    try (RawClient halfCloses = connect("live")) {
      halfCloses.send("get banana\r\n").expect("VALUE banana 7 3\r\nxyz\r\nEND\r\n");
      halfCloses.halfClose().expectClosed();
    }
    RawClient resets = connect("live");
    resets.send("get banana\r\n").expect("VALUE banana 7 3\r\nxyz\r\nEND\r\n");
    resets.reset();
  }

  private void aServerThatIsDead() {
    try (RawClient client = connect("dead")) {
      for (int i = 0; i < 3; i++) {
        client.send("get a\r\n");
        expectError(client);
      }
    }
  }

  private void aServerThatHangs() {
    try (RawClient client = connect("hangs")) {
      client.send("get a\r\n");
      expectError(client);
    }
  }

  /** A delete, which is not asked again as a get would be. */
  private void aServerThatCloses() {
    try (RawClient client = connect("closes")) {
      client.send("delete a\r\n");
      expectError(client);
    }
  }

  /** So that the next one finds what this one found. */
  private void removeWhatWasStored() {
    try (RawClient client = connect("live")) {
      for (String key : "banana cherry damson elder fig grape hazel large".split(" ", -1)) {
        client.send("delete " + key + "\r\n").expect("DELETED\r\n");
      }
    }
  }

  private static void expectError(RawClient client) {
    String line = client.readLine();
    if (!line.startsWith("SERVER_ERROR ")) {
      throw new AssertionError(line);
    }
  }

  private RawClient connect(String pool) {
    return RawClient.connect(portOf.applyAsInt(pool)).withDeadline(PATIENCE);
  }
}
