package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images the pods run. */
class ImageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                     | fairlead/fairlead:0.1.0",
        "image: {tag: '2'}                      | fairlead/fairlead:2",
        "image: {repository: mirror/fairlead}   | mirror/fairlead:0.1.0",
        "image: mirror/fairlead:1               | mirror/fairlead:1",
        "memcached: {image: {tag: '1.6'}}       | memcached:1.6",
        "memcached: {image: 'memcached:1.5.20'} | memcached:1.5.20",
        "{}                                     | memcached:1.6.39-alpine"
      })
  void areNamedByValues(String values, String image) {
    assertThat(Rendering.with(values).objects().pods())
        .flatExtracting(pod -> pod.getSpec().getContainers())
        .extracting(container -> ((Container) container).getImage())
        .contains(image);
  }

  @Test
  void mayBeNamedByDigest() {
    String digest = "sha256:" + "0".repeat(64);

    Objects objects = Rendering.with("image: {digest: '" + digest + "', tag: '1'}").objects();

    assertThat(objects.proxy().getImage()).isEqualTo("fairlead/fairlead@" + digest);
  }

  @Test
  void areFetchedWithSecretsHoweverTheseAreWritten() {
    Objects objects =
        Rendering.with("{imagePullSecrets: [a, {name: b}], memcached: {imagePullSecrets: [c]}}")
            .objects();

    assertThat(objects.proxyPod().getSpec().getImagePullSecrets())
        .extracting(LocalObjectReference::getName)
        .containsExactly("a", "b");
    assertThat(objects.pods())
        .flatExtracting(pod -> pod.getSpec().getImagePullSecrets())
        .contains(new LocalObjectReference("c"));
  }
}
