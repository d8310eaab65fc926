package io.fairlead.config;

import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the servers of a pool are looked up; as text, the URL by which it is configured. */
public sealed interface SourcePlace {
  /** What it can call its servers. */
  Set<Identity> identities();

  /** What it calls its servers unless it is told otherwise. */
  Identity defaultIdentity();

  /** Every address (A and AAAA record) of a host is a server. */
  record Dns(String host, int port) implements SourcePlace {
    @Override
    public Set<Identity> identities() {
      return Set.of(Identity.ADDRESS);
    }

    @Override
    public Identity defaultIdentity() {
      return Identity.ADDRESS;
    }

    @Override
    public String toString() {
      return "dns://" + new Address.Tcp(host, port);
    }
  }

  /** Every SRV record of a name is a server. */
  record Srv(String name) implements SourcePlace {
    @Override
    public Set<Identity> identities() {
      return Set.of(Identity.HOSTNAME, Identity.FQDN);
    }

    @Override
    public Identity defaultIdentity() {
      return Identity.HOSTNAME;
    }

    @Override
    public String toString() {
      return "dns+srv://" + name;
    }
  }

  /** Every line of a file is a server. */
  record ServerFile(Path path) implements SourcePlace {
    @Override
    public Set<Identity> identities() {
      return Set.of(Identity.FQDN, Identity.HOSTNAME);
    }

    @Override
    public Identity defaultIdentity() {
      return Identity.FQDN;
    }

    @Override
    public String toString() {
      return "file://" + path;
    }
  }

  /**
   * Every endpoint of a Kubernetes service is a server.
   *
   * @param port the number of a port or the name of one in the service; null for its only port
   */
  record Kubernetes(String namespace, String service, @Nullable String port)
      implements SourcePlace {
    // Written out because a compact constructor loses the @Nullable of its parameters.
    public Kubernetes(String namespace, String service, @Nullable String port) {
      this.namespace = namespace;
      this.service = service;
      this.port = port;
    }

    @Override
    public Set<Identity> identities() {
      return Set.of(Identity.values());
    }

    @Override
    public Identity defaultIdentity() {
      return Identity.HOSTNAME;
    }

    @Override
    public String toString() {
      return "k8s://" + namespace + "/" + service + (port == null ? "" : ":" + port);
    }
  }

  /** Every node of an ElastiCache cluster is a server, as its configuration endpoint lists them. */
  record ElastiCache(String host, int port) implements SourcePlace {
    @Override
    public Set<Identity> identities() {
      return Set.of(Identity.FQDN, Identity.ADDRESS);
    }

    @Override
    public Identity defaultIdentity() {
      return Identity.FQDN;
    }

    @Override
    public String toString() {
      return "elasticache://" + new Address.Tcp(host, port);
    }
  }
}
