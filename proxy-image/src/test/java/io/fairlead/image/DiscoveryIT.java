package io.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.testkit.ApiServer;
import io.fairlead.testkit.MemcachedProcess;
import io.fairlead.testkit.RawClient;
import io.fairlead.testkit.tls.Authority;
import io.fairlead.testkit.tls.Authority.Issued;
import io.fairlead.testkit.tls.OpenSsl;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod of the image finds its servers as Kubernetes lets it: by HTTPS, with what is mounted. */
class DiscoveryIT {
  private static final String PASSWORD = "secret";

  @TempDir private Path folder;

  private Path etc;
  private Path account;
  private Engine engine;

  @BeforeEach
  void start() throws Exception {
    etc = Files.createDirectory(folder.resolve("etc"));
    Path mounted = Files.createDirectory(folder.resolve("var"));
    account = mounted.resolve("run/secrets/kubernetes.io/serviceaccount");
    Files.createDirectories(account);
    Image image = Image.unpackedTo(Files.createDirectory(folder.resolve("image")));
    engine = Engine.of(image, folder).mount(etc, "/etc/fairlead").mount(mounted, "/var");
    assumeThat(engine.hindrance()).as("why no container can be run").isEmpty();
    Files.writeString(account.resolve("token"), "t\n");
    Files.writeString(
        etc.resolve("fairlead.yaml"),
        """
        listeners: [127.0.0.1:0]
        pools: { main: { servers: ["k8s://shop/cache"] } }
        admin: false
        """);
  }

  @Test
  void findsThePodsOfAService() throws Exception {
    try (MemcachedProcess memcached = MemcachedProcess.start();
        ApiServer api = ApiServer.start(tls())) {
      api.put("cache-1", slice(memcached.port()));
      URI uri = api.uri();
      Engine pod =
          engine
              .with("KUBERNETES_SERVICE_HOST", uri.getHost())
              .with("KUBERNETES_SERVICE_PORT", String.valueOf(uri.getPort()));
      try (Container container = pod.start();
          RawClient client = container.client()) {
        container.await("msg=\"ready\"");

        client.send("set k 0 0 1\r\n1\r\nget k\r\n");
        client.expect("STORED\r\nVALUE k 0 1\r\n1\r\nEND\r\n");
        assertThat(api.requests()).isNotEmpty();
      }
    }
  }

  private static String slice(int port) {
    return """
    "addressType": "IPv4", "ports": [{"name": "memcache", "port": %d}], "endpoints": [
      {"addresses": ["127.0.0.1"], "hostname": "cache-0",
       "conditions": {"ready": true, "serving": true, "terminating": false}}]
    """
        .formatted(port)
        .replace("\n", " ");
  }

  /** That of the API server, whose authority the service account knows. */
  private SSLContext tls() throws Exception {
    Authority authority = Authority.in(Files.createDirectory(folder.resolve("authority")));
    Files.copy(authority.certificate(), account.resolve("ca.crt"));
    Issued issued = authority.forServer("kubernetes");
    Path store = folder.resolve("keys.p12");
    OpenSsl.run(
        "pkcs12",
        "-export",
        "-in",
        issued.certificate().toString(),
        "-inkey",
        issued.key().toString(),
        "-passout",
        "pass:" + PASSWORD,
        "-out",
        store.toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
