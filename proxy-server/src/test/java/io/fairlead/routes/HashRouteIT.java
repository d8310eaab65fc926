package io.fairlead.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.PlacementSettings;
import io.fairlead.config.RingSettings;
import io.fairlead.config.route.HashSettings;
import io.fairlead.faults.Servers;
import io.fairlead.faults.TestProxy;
import io.fairlead.hashing.DistributionKind;
import io.fairlead.hashing.KeyBytes;
import io.fairlead.hashing.KeyHash;
import io.fairlead.hashing.McrouterHash;
import io.fairlead.hashing.Placement;
import io.fairlead.hashing.RingMember;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that the key brings to one of three children. */
@ExtendWith(LeakCheck.class)
class HashRouteIT {
  private static final List<RingMember> CHILDREN =
      Stream.of("0", "1", "2").map(name -> new RingMember(name, 1)).toList();
  @RegisterExtension static final Servers servers = new Servers(3);

  static Stream<PlacementSettings> placements() {
    List<String> tags = List.of("c", "b", "a");
    return Stream.of(
        new RingSettings(KeyHash.MD5, DistributionKind.KETAMA, null, KeyBytes.SIGNED),
        McrouterHashSettings.of(McrouterHash.CH3),
        new McrouterHashSettings(McrouterHash.CRC32, "salt", List.of(), List.of()),
        new McrouterHashSettings(McrouterHash.WEIGHTED_CH3, "", List.of(1.0, 0.2, 0.6), List.of()),
        new McrouterHashSettings(McrouterHash.RENDEZVOUS, "", List.of(), tags));
  }

  @ParameterizedTest
  @MethodSource("placements")
  void everyRequestForAKeyGoesToItsChild(PlacementSettings settings) {
    Placement placement = settings.over(CHILDREN, index -> true);
    boolean[] used = new boolean[CHILDREN.size()];
    try (TestProxy proxy = start(settings)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 50; i++) {
        String key = "key" + i;
        byte[] bytes = key.getBytes(StandardCharsets.US_ASCII);
        int owner =
            placement.serverOf(placement.hash(bytes, 0, bytes.length), bytes, 0, bytes.length);
        used[owner] = true;

        client.send("set " + key + " 0 0 1\r\n1\r\nincr " + key + " 5\r\nmg " + key + " v\r\n");
        client.expect("STORED\r\n6\r\nVA 1\r\n6\r\n");

        assertThat(servers.on(owner, "get " + key)).isEqualTo("VALUE " + key + " 0 1/6/END");
        client.send("md " + key + "\r\nget " + key + "\r\n").expect("HD\r\nEND\r\n");
      }
    }
    assertThat(used).containsOnly(true);
  }

  @Test
  void aMultigetIsPutTogetherAgain() {
    StringBuilder sets = new StringBuilder();
    StringBuilder get = new StringBuilder("get");
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < 50; i++) {
      sets.append("set key%d 0 0 2\r\n%d\r\n".formatted(i, 10 + i));
      get.append(" key").append(i);
      values.append("VALUE key%d 0 2\r\n%d\r\n".formatted(i, 10 + i));
    }
    try (TestProxy proxy = start(McrouterHashSettings.of(McrouterHash.CH3))) {
      RawClient client = proxy.client();
      client.send(sets + get.toString() + "\r\n");
      client.expect("STORED\r\n".repeat(50) + values + "END\r\n");
    }
  }

  @Test
  void largeValuesPassPieceByPiece() {
    String value = "0123456789abcdef".repeat(50_000);
    try (TestProxy proxy = start(McrouterHashSettings.of(McrouterHash.CH3))) {
      RawClient client = proxy.client();
      for (String key : List.of("a", "b", "c", "d", "e")) {
        client
            .send("set " + key + " 0 0 800000\r\n" + value + "\r\nget " + key + "\r\n")
            .expect("STORED\r\nVALUE " + key + " 0 800000\r\n" + value + "\r\nEND\r\n");
      }
    }
  }

  @Test
  void aDeadChildCostsItsKeysAndNoOthers() {
    PlacementSettings settings = McrouterHashSettings.of(McrouterHash.CH3);
    Placement placement = settings.over(CHILDREN, index -> true);
    servers.kill(1);
    try (TestProxy proxy = start(settings)) {
      RawClient client = proxy.client();
      for (int i = 0; i < 20; i++) {
        byte[] key = ("key" + i).getBytes(StandardCharsets.US_ASCII);
        boolean dead =
            placement.serverOf(placement.hash(key, 0, key.length), key, 0, key.length) == 1;

        assertThat(Servers.reply(client, "set key" + i + " 0 0 1/v"))
            .isEqualTo(dead ? "SERVER_ERROR server cannot be reached" : "STORED");
      }
    }
  }

  private static TestProxy start(PlacementSettings placement) {
    return new RouteSetup(servers.ports()).start(new HashSettings(placement, RouteSetup.pools(3)));
  }
}
