package io.fairlead.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that reads everything at once gets everything, however much it is. */
@ExtendWith(LeakCheck.class)
class LargeRepliesIT {
  private static final int LENGTH = 300_000;
  private static final int TIMES = 20;

  /** Together the values are six times what may be buffered for a client. */
  @ParameterizedTest(name = "{0}, {1} keys in a line")
  @CsvSource({"get,1", "get,4", "get,20", "gets,1", "gets,4", "gets,20", "gat 0,4", "gat 0,20"})
  void pipelinedRetrievalsOfALargeValueAreAllAnswered(String verb, int keysInALine)
      throws IOException {
    try (MemcachedServer server = Memcached.start();
        ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(server).start();
        RawClient client = proxy.connect()) {
      String value = "v".repeat(LENGTH);
      client.send("set k 0 0 " + LENGTH + "\r\n" + value + "\r\n").expect("STORED\r\n");
      String line = verb + " k".repeat(keysInALine) + "\r\n";

      client.send(line.repeat(TIMES / keysInALine) + "mn\r\n");

      String reply = client.readThrough("MN\r\n");
      assertThat(reply.split("VALUE k 0 300000", -1)).hasSize(TIMES + 1);
      assertThat(reply).doesNotContain("ERROR");
    }
  }
}
