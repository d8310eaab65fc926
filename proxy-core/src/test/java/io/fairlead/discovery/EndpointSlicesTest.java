package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Identity;
import io.fairlead.config.SourcePlace;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointSlicesTest {
  private static final SourcePlace.Kubernetes PLACE =
      new SourcePlace.Kubernetes("ns", "cache", null);

  private final EndpointSlices slices = slices(Identity.HOSTNAME);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"ready": true, "serving": true, "terminating": false}   | true
          {"ready": false, "serving": true, "terminating": true}   | true
          {"ready": false, "serving": false, "terminating": true}  | false
          {"ready": false, "serving": false, "terminating": false} | false
          {"ready": true, "serving": false}                        | false
          {"ready": false}                                         | false
          {"ready": null, "serving": null, "terminating": null}    | true
          {}                                                       | true
          null                                                     | true
          """)
  void addressIsTrustedWhileItServes(String conditions, boolean serves) {
    put("s1", "IPv4", endpoint("10.0.0.1", "cache-0", "p", conditions));

    assertThat(servers()).isEqualTo(serves ? List.of("cache-0=10.0.0.1:11211") : List.of());
  }

  @Test
  void podThatServesNoMoreKeepsItsAddress() {
    put("s1", "IPv4", endpoint("10.0.0.1", "cache-0", "p", serving(true)));
    assertThat(servers()).containsExactly("cache-0=10.0.0.1:11211");

    put("s1", "IPv4", endpoint("10.0.0.9", "cache-0", "p", serving(false)));

    assertThat(servers()).containsExactly("cache-0=10.0.0.1:11211");
  }

  @Test
  void endpointsOfSeveralSlicesArePutTogether() {
    put("s1", "IPv4", endpoint("10.0.0.1", "cache-0", "p", serving(true)));
    put("s2", "IPv4", endpoint("10.0.0.2", "cache-1", "q", serving(true)));

    assertThat(servers()).containsExactly("cache-0=10.0.0.1:11211", "cache-1=10.0.0.2:11211");
  }

  @ParameterizedTest
  @CsvSource({"s1, s2", "s2, s1"})
  void podInTwoSlicesIsWhereItServes(String old, String now) {
    put(old, "IPv4", endpoint("10.0.0.1", "cache-0", "p", serving(false)));
    put(now, "IPv4", endpoint("10.0.0.2", "cache-0", "p", serving(true)));

    assertThat(servers()).containsExactly("cache-0=10.0.0.2:11211");
  }

  @Test
  void sliceOfIpv6AloneIsTaken() {
    put("s1", "IPv6", endpoint("fd00::1", "cache-0", "p", serving(true)));

    assertThat(servers()).containsExactly("cache-0=[fd00::1]:11211");
  }

  @ParameterizedTest
  @CsvSource({"HOSTNAME, cache-0", "ADDRESS, 10.0.0.1"})
  void podOfTwoFamiliesIsOneServerAtItsIpv4Address(Identity identity, String name) {
    EndpointSlices dual = slices(identity);
    dual.put(slice("s1", "IPv6", endpoint("fd00::1", "cache-0", "p", serving(true))));
    dual.put(slice("s2", "IPv4", endpoint("10.0.0.1", "cache-0", "p", serving(true))));

    assertThat(servers(dual)).containsExactly(name + "=10.0.0.1:11211");
  }

  @Test
  void podOfTwoFamiliesDoesNotMoveWhileOneOfThemIsToldFirst() {
    put("s1", "IPv6", endpoint("fd00::1", "cache-0", "p", serving(true)));
    put("s2", "IPv4", endpoint("10.0.0.1", "cache-0", "p", serving(true)));
    assertThat(servers()).containsExactly("cache-0=10.0.0.1:11211");

    put("s2", "IPv4", endpoint("10.0.0.1", "cache-0", "p", serving(false)));

    assertThat(servers()).containsExactly("cache-0=10.0.0.1:11211");
  }

  @Test
  void podsOfDifferentFamiliesAreAllServers() {
    put("s1", "IPv6", endpoint("fd00::1", "cache-0", "p", serving(true)));
    put("s2", "IPv4", endpoint("10.0.0.2", "cache-1", "q", serving(true)));

    assertThat(servers())
        .containsExactlyInAnyOrder("cache-0=[fd00::1]:11211", "cache-1=10.0.0.2:11211");
  }

  private void put(String name, String family, String endpoint) {
    slices.put(slice(name, family, endpoint));
  }

  private List<String> servers() {
    return servers(slices);
  }

  private static List<String> servers(EndpointSlices slices) {
    return slices.servers().stream().map(server -> server.name() + "=" + server.address()).toList();
  }

  private static EndpointSlices slices(Identity identity) {
    return new EndpointSlices(PLACE, identity, "cluster.local");
  }

  private static String serving(boolean value) {
    return "{\"serving\": " + value + "}";
  }

  private static String endpoint(String address, String host, String pod, String conditions) {
    return """
    {"addresses": ["%s"], "hostname": "%s", "targetRef": {"name": "%s"}, "conditions": %s}\
    """
        .formatted(address, host, pod, conditions);
  }

  private static Setting slice(String name, String family, String endpoint) {
    String text =
        """
        {"metadata": {"name": "%s"}, "addressType": "%s", "endpoints": [%s],
         "ports": [{"name": "memcache", "port": 11211}]}
        """
            .formatted(name, family, endpoint);
    return Setting.ofRoot(JsonReader.read("slice", text.getBytes(StandardCharsets.UTF_8)).root());
  }
}
