package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that are refused, each with the key that is wrong. */
class RefusalTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{contoller: daemonset}                                  | contoller",
        "{controller: Daemonset}                                 | /controller",
        "{daemonset: {hostPort: 70000}}                          | /daemonset/hostPort",
        "{daemonset: {hostport: 5000}}                           | hostport",
        "{daemonset: {exposure: host}}                           | /daemonset/exposure",
        "{statefulset: {antiAffinity: medium}}                   | /statefulset/antiAffinity",
        "{statefulset: {replicas: two}}                          | /statefulset/replicas",
        "{setup: mirrored}                                       | /setup",
        "{proxy: {port: 80}}                                     | /proxy/port",
        "{proxy: {hash: sha1}}                                   | /proxy/hash",
        "{proxy: {distribution: ring}}                           | /proxy/distribution",
        "{proxy: {hashTag: x}}                                   | /proxy/hashTag",
        "{proxy: {timeout: 400ms}}                               | /proxy/timeout",
        "{proxy: {serverFailureLimit: 0}}                        | /proxy/serverFailureLimit",
        "{proxy: {discovery: consul}}                            | /proxy/discovery",
        "{proxy: {autoEjectHosts: 'yes'}}                        | /proxy/autoEjectHosts",
        "{memcached: {replicaCount: 501}}                        | /memcached/replicaCount",
        "{memcached: {replicas: 3}}                              | replicas",
        "{memcached: {kind: Deployment}}                         | /kind",
        "{memcached: {memcached: {verbosity: v5}}}               | /memcached/verbosity",
        "{memcachedService: {port: 0}}                           | /memcachedService/port",
        "{service: {type: ExternalName}}                         | /service/type",
        "{drain: {delay: 5}}                                     | /drain/delay",
        "{drain: {timeout: 0s}}                                  | /drain/timeout",
        "{java: {heap: 96MB}}                                    | /java/heap",
        "{config: {reload: never}}                               | /config/reload",
        "{pdb: {maxUnavailable: some}}                           | /pdb/maxUnavailable",
        "{image: {repository: ''}}                               | /image",
        "{image: {repositry: x}}                                 | repositry",
        "{tls: {listener: {minVersion: '1.1'}}}                  | /tls/listener/minVersion",
        "{podLabels: {a: 1}}                                     | /podLabels/a",
        "{nameOverride: Big_Name}                                | /nameOverride",
      })
  void valueOfAKey(String values, String key) {
    assertRefused(values, key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A new pod would wait for the port of the old one for ever.
        "{updateStrategy: {rollingUpdate: {maxSurge: 1}}} | /updateStrategy/rollingUpdate/maxSurge",
        "{controller: deployment, daemonset: {exposure: hostNetwork}} | /daemonset/exposure",
        "{controller: statefulset, daemonset: {hostPort: 5001}} | /daemonset/hostPort",
        "{controller: sidecar, daemonset: {exposure: hostNetwork}} | /daemonset/exposure",
        "{setup: replset, memcached: {replicaCount: 0}} | /memcached/replicaCount",
        "{setup: readWriteSplit, memcached: {replicaCount: 0}} | /memcached/replicaCount",
        "{setup: replset, memcached: {enabled: false}, memcachedService: {serviceName: a,"
            + " replicaCount: 0}} | /memcachedService/replicaCount",
        "{proxy: {nodeIdentity: address}} | /proxy/nodeIdentity",
        "{proxy: {nodeIdentity: address, discovery: srv}} | /proxy/nodeIdentity",
        "{autoscaling: {enabled: true}} | /autoscaling/enabled",
        "{controller: sidecar, proxy: {discovery: endpointslice}} | /proxy/discovery",
        "{controller: sidecar, networkPolicy: {enabled: true}} | /networkPolicy/enabled",
        "{controller: deployment, updateStrategy: {type: OnDelete}} | /updateStrategy/type",
        "{updateStrategy: {type: Recreate}} | /updateStrategy/type",
        "{metrics: {enabled: false, serviceMonitor: {enabled: true}}} | /metrics/enabled",
        "{service: {nodePort: 32211}} | /service/nodePort",
        "{service: {loadBalancerSourceRanges: [10.0.0.0/8]}} | /service/loadBalancerSourceRanges",
      })
  void valuesThatDoNotGoTogether(String values, String key) {
    assertRefused(values, key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{memcached: {enabled: false}} | memcachedService.serviceName: missing (expected: ",
        "{nameOverride: memcached} | nameOverride: the proxy is called demo-memcached (expected: ",
        "{config: {reload: restart}, proxy: {existingConfigMap: mine}} | config.reload: restart"
            + " (expected: hot",
        "{networkPolicy: {enabled: true}, proxy: {existingConfigMap: mine}} |"
            + " networkPolicy.extraEgress: missing (expected: ",
        "{proxy: {existingConfigMap: mine, config: x}} | proxy.existingConfigMap: given beside",
        "{proxy: {config: x}, mcrouterCommandParams: {configFile: mine}} | proxy.config: given"
            + " beside",
        "{proxy: {distribution: weighted_ch3}} | proxy.poolOptions.weights: missing (expected: ",
        "{controller: deployment, autoscaling: {enabled: true, minReplicas: 3, maxReplicas: 2}} |"
            + " autoscaling.minReplicas: 3 (expected: at most autoscaling.maxReplicas, 2",
        "{metrics: {port: 5000}} | metrics.port: 5000 (expected: another port",
        "{mcrouterCommandParams: {port: 9090}} | metrics.port: 9090 (expected: another port",
        "{memcached: {memcached: {maxItemMemory: 100}}} |"
            + " memcached.resources.limits.memory: 128Mi (expected: at least 148Mi",
        "{java: {heap: 300Mi}} | java.heap: 300Mi, with directMemory 128Mi and 100Mi for the rest"
            + " of Java, does not fit resources.limits.memory 512Mi (expected: ",
      })
  void whatOnlyATemplateCanSee(String values, String message) {
    assertThatThrownBy(Rendering.with(values)::text).hasMessageContaining(message);
  }

  @Test
  void releaseMustBeginWithALetter() {
    assertThatThrownBy(Rendering.of("default").release("1a")::text)
        .hasMessageContaining("name of the release: 1a (expected: one that begins with a letter");
  }

  @Test
  void kubernetesWithoutTheApisIsRefused() {
    assertThatThrownBy(Rendering.of("default").kubernetes("v1.24.17")::text)
        .hasMessageContaining("chart requires kubeVersion: >=1.25.0-0");
    assertThat(Rendering.of("default").kubernetes("v1.25.0").objects().all()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{daemonset: {exposure: none}, updateStrategy: {rollingUpdate: {maxSurge: 1}}}",
        "{daemonset: {hostPort: null}, updateStrategy: {rollingUpdate: {maxSurge: 1}}}",
        "{updateStrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 50%}}}",
        "{controller: statefulset, daemonset: {hostPort: null}}",
        "{proxy: {nodeIdentity: address, discovery: endpointslice}}",
        "{service: {type: NodePort, nodePort: 32211}}",
        "{java: {heap: 284Mi}}",
        "{java: {heap: 1Gi}, resources: {limits: {memory: null}}}",
        "{memcached: {memcached: {maxItemMemory: 80}}}",
        "{pdb: {maxUnavailable: 25%}}",
        "{memcached: {replicaCount: 0}}"
      })
  void whatIsNearlyRefusedIsTaken(String values) {
    assertThat(Rendering.with(values).objects().all()).isNotEmpty();
  }

  @Test
  void everyLevelOfTheSchemaIsStrict() {
    List<String> open =
        List.of(
            "#/properties/global",
            "#/properties/affinity",
            "#/properties/podSecurityContext",
            "#/properties/securityContext",
            "#/properties/memcached", // has a schema of its own
            "#/properties/proxy/properties/poolOptions",
            "#/properties/proxy/properties/listenerOptions",
            "#/properties/proxy/properties/extraConfig");

    assertThat(OpenLevels.of(Chart.FOLDER)).containsExactlyInAnyOrderElementsOf(open);
    assertThat(OpenLevels.of(Chart.MEMCACHED))
        .containsExactlyInAnyOrder("#/properties/global", "#/properties/affinity");
  }

  private static void assertRefused(String values, String key) {
    assertThatThrownBy(Rendering.with(values)::text)
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(key);
  }
}
