package io.fairlead.discovery;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * What this machine says about the network around it.
 *
 * @param resolvConf names the DNS servers
 * @param hosts names that need no DNS server
 * @param kubernetesApi the API server
 * @param serviceAccount holds the token and the certificates for it
 */
public record DiscoveryPlaces(Path resolvConf, Path hosts, URI kubernetesApi, Path serviceAccount) {

  /** Those of this machine, or of the pod that this process runs in. */
  public static DiscoveryPlaces ofThisMachine() {
    return new DiscoveryPlaces(
        Path.of("/etc/resolv.conf"),
        Path.of("/etc/hosts"),
        apiServer(System.getenv()),
        Path.of("/var/run/secrets/kubernetes.io/serviceaccount"));
  }

  static URI apiServer(Map<String, String> environment) {
    String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
    String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("https://" + bracketed + ":" + port);
  }
}
