package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user reads after an installation. */
class NotesTest {
  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void areThere(String valueSet) {
    assertThat(Rendering.of(valueSet).notes())
        .startsWith("Fairlead runs as a ")
        .contains("helm test demo -n shop")
        .doesNotContain("<no value>", "%!");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "default         | at port 5000:",
        "default         | demo-fairlead-local.shop.svc:5000",
        "default         | With a hostPort an upgrade closes the port",
        "host-network    | at port 5000:",
        "deployment      | demo-fairlead.shop.svc:5000",
        "deployment      | 5 memcached servers of this release (sharded)",
        "node-port       | -o jsonpath='{.spec.ports[0].nodePort}'",
        "full            | -o jsonpath='{.status.loadBalancer.ingress[0]}'",
        "read-write-split | (readWriteSplit): demo-memcached-0 and so on",
        "statefulset     | port-forward statefulset/demo-fairlead 9090",
        "mcrouter-old    | mcrouterCommandParams.port (proxy.port)",
        "mcrouter-old    | memcached.AntiAffinity (memcached.antiAffinity)",
        "mcrouter-old    | image as a text (image.repository, image.tag)",
      })
  void sayWhereTheProxyIs(String valueSet, String line) {
    assertThat(Rendering.of(valueSet).notes()).contains(line);
  }

  @Test
  void sayNothingThatIsNotSo() {
    assertThat(Rendering.of("local-service").notes())
        .contains("demo-fairlead-local.shop.svc:5000")
        .doesNotContain("hostIP", "demo-fairlead.shop.svc", "hostPort", "Old names");
    assertThat(Rendering.of("external").notes()).doesNotContain("of this release");
    assertThat(Rendering.of("full").notes()).doesNotContain("annotate");
  }

  @Test
  void areThoseOfASidecar() {
    assertThat(Rendering.with("controller: sidecar").notes())
        .startsWith("Fairlead is a sidecar")
        .doesNotContain("helm test");
  }
}
