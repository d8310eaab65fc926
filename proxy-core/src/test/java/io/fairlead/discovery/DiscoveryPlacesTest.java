package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryPlacesTest {
  @ParameterizedTest
  @CsvSource({
    "10.96.0.1, 443, https://10.96.0.1:443",
    "fd00::1, 6443, https://[fd00::1]:6443",
    "api.example, 443, https://api.example:443"
  })
  void apiServerIsTheOneThatThePodIsTold(String host, String port, String uri) {
    Map<String, String> environment =
        Map.of("KUBERNETES_SERVICE_HOST", host, "KUBERNETES_SERVICE_PORT", port);

    assertThat(DiscoveryPlaces.apiServer(environment)).hasToString(uri);
  }

  @Test
  void apiServerHasANameInEachCluster() {
    assertThat(DiscoveryPlaces.apiServer(Map.of()))
        .hasToString("https://kubernetes.default.svc:443");
  }
}
