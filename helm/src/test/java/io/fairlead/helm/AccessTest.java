package io.fairlead.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the proxy may see of the API, and who may reach whom. */
class AccessTest {
  @ParameterizedTest
  @MethodSource("io.fairlead.helm.Chart#valueSets")
  void rightsAreGivenWhereEndpointsAreWatchedAlone(String valueSet) {
    Objects objects = Rendering.of(valueSet).objects();

    int expected = valueSet.equals("endpointslice") ? 1 : 0;
    assertThat(objects.of(Role.class)).hasSize(expected);
    assertThat(objects.of(RoleBinding.class)).hasSize(expected);
    assertThat(objects.of(ServiceAccount.class))
        .singleElement()
        .matches(account -> !account.getAutomountServiceAccountToken());
  }

  @Test
  void endpointsOfTheServersMayBeSeenAndNothingElse() {
    Objects objects = Rendering.of("endpointslice").objects();

    Role role = objects.of(Role.class).get(0);
    assertThat(role.getMetadata().getNamespace()).isEqualTo("data");
    assertThat(role.getRules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getApiGroups()).containsExactly("discovery.k8s.io");
              assertThat(rule.getResources()).containsExactly("endpointslices");
              assertThat(rule.getVerbs()).containsExactly("get", "list", "watch");
            });
    RoleBinding binding = objects.of(RoleBinding.class).get(0);
    assertThat(binding.getMetadata().getNamespace()).isEqualTo("data");
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects())
        .extracting(one -> one.getKind() + " " + one.getNamespace() + "/" + one.getName())
        .containsExactly(
            "ServiceAccount shop/" + objects.proxyPod().getSpec().getServiceAccountName());
  }

  @Test
  void rightsOfSomebodyElseMayBeUsed() {
    Objects objects =
        Rendering.of("endpointslice")
            .and("{rbac: {create: false}, serviceAccount: {create: false, name: mine}}")
            .objects();

    assertThat(objects.of(Role.class)).isEmpty();
    assertThat(objects.of(ServiceAccount.class)).isEmpty();
    assertThat(objects.proxyPod().getSpec().getServiceAccountName()).isEqualTo("mine");
    assertThat(objects.proxyPod().getSpec().getAutomountServiceAccountToken()).isTrue();
  }

  @Test
  void configurationOfOnesOwnGivesNoRights() {
    Objects objects =
        Rendering.of("endpointslice")
            .and("{proxy: {config: x}, networkPolicy: {enabled: false}}")
            .objects();

    assertThat(objects.of(Role.class)).isEmpty();
  }

  @Test
  void policyLetsClientsAndMonitoringIn() {
    NetworkPolicy policy = policy(Rendering.of("restricted"));

    List<NetworkPolicyIngressRule> rules = policy.getSpec().getIngress();
    assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).getPorts()).extracting(AccessTest::port).containsExactly("TCP 5000");
    assertThat(rules.get(0).getFrom().get(0).getPodSelector().getMatchLabels())
        .containsExactly(Map.entry("memcached-client", "true"));
    assertThat(rules.get(1).getPorts()).extracting(AccessTest::port).containsExactly("TCP 9090");
    assertThat(rules.get(1).getFrom().get(0).getNamespaceSelector().getMatchLabels())
        .containsValue("monitoring");
  }

  @Test
  void policySelectsTheProxies() {
    Objects objects = Rendering.of("restricted").objects();

    Map<String, String> selector =
        objects.of(NetworkPolicy.class).get(0).getSpec().getPodSelector().getMatchLabels();

    assertThat(objects.proxyPod().getMetadata().getLabels()).containsAllEntriesOf(selector);
    assertThat(objects.pods())
        .filteredOn(
            pod -> pod.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
        .hasSize(1);
  }

  @Test
  void withoutClientsNamedTheNamespaceMayConnect() {
    NetworkPolicy policy = policy(Rendering.with("networkPolicy: {enabled: true}"));

    var from = policy.getSpec().getIngress().get(0).getFrom();
    assertThat(from.get(0).getPodSelector().getMatchLabels()).isEmpty();
    assertThat(from.get(0).getNamespaceSelector()).isNull();
  }

  @Test
  void proxyReachesItsServersAndNames() {
    Objects objects = Rendering.of("restricted").objects();

    List<NetworkPolicyEgressRule> rules =
        objects.of(NetworkPolicy.class).get(0).getSpec().getEgress();

    assertThat(rules).hasSize(2);
    assertThat(rules.get(0).getPorts())
        .extracting(AccessTest::port)
        .containsExactly("UDP 53", "TCP 53");
    assertThat(rules.get(1).getPorts()).extracting(AccessTest::port).containsExactly("TCP 11211");
    var to = rules.get(1).getTo().get(0);
    assertThat(to.getNamespaceSelector().getMatchLabels()).containsValue("shop");
    assertThat(objects.pods())
        .filteredOn(
            pod ->
                pod.getMetadata()
                    .getLabels()
                    .entrySet()
                    .containsAll(to.getPodSelector().getMatchLabels().entrySet()))
        .singleElement()
        .matches(pod -> pod.getSpec().getContainers().get(0).getName().equals("memcached"));
  }

  @Test
  void proxyReachesTheApiWhereItWatchesEndpoints() {
    List<NetworkPolicyEgressRule> rules =
        policy(Rendering.of("endpointslice")).getSpec().getEgress();

    assertThat(rules).hasSize(3);
    assertThat(rules.get(1).getTo().get(0).getNamespaceSelector().getMatchLabels())
        .containsValue("data");
    assertThat(rules.get(2).getPorts())
        .extracting(AccessTest::port)
        .containsExactly("TCP 443", "TCP 6443");
  }

  @Test
  void serversOfOnesOwnConfigurationAreSaid() {
    NetworkPolicy policy =
        policy(
            Rendering.with(
                """
                proxy: { config: "pools: { main: { servers: [10.1.0.1] } }" }
                networkPolicy:
                  enabled: true
                  extraEgress: [{ to: [{ ipBlock: { cidr: 10.1.0.0/16 } }] }]
                """));

    assertThat(policy.getSpec().getEgress()).hasSize(2);
    assertThat(policy.getSpec().getEgress().get(1).getTo().get(0).getIpBlock().getCidr())
        .isEqualTo("10.1.0.0/16");
  }

  private static NetworkPolicy policy(Rendering rendering) {
    return rendering.objects().of(NetworkPolicy.class).get(0);
  }

  private static String port(NetworkPolicyPort port) {
    return port.getProtocol() + " " + port.getPort().getIntVal();
  }
}
