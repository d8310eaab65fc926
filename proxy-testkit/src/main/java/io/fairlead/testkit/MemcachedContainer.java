package io.fairlead.testkit;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A memcached in a container, for machines with a container engine and no memcached.
 *
 * <p>The only class that touches Testcontainers, which is an optional dependency: {@link Memcached}
 * loads it only when that is there. The image is {@value #DEFAULT_IMAGE} unless the environment
 * variable {@value #ENVIRONMENT_VARIABLE} names another.
 */
final class MemcachedContainer implements MemcachedServer {
  static final String ENVIRONMENT_VARIABLE = "FAIRLEAD_MEMCACHED_IMAGE";
  static final String DEFAULT_IMAGE = "memcached:1.6-alpine";

  private static final int PORT_INSIDE = 11211;

  private final FixedPortContainer container;
  private final int port = FreePorts.next();

  private MemcachedContainer(List<String> arguments) {
    container = new FixedPortContainer(port);
    String command = "memcached -t 1 -m 64 -U 0 " + String.join(" ", arguments);
    container.setCommand(command.strip());
    container.start();
    awaitAnswer();
  }

  static MemcachedProvider provider() {
    return new MemcachedProvider() {
      @Override
      public boolean isAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
      }

      @Override
      public MemcachedServer start(List<String> arguments) {
        return new MemcachedContainer(arguments);
      }
    };
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public SocketAddress address() {
    return new InetSocketAddress(host(), port);
  }

  @Override
  public long pid() {
    return -1;
  }

  @Override
  public Optional<Duration> cpuTime() {
    return Optional.empty();
  }

  @Override
  public boolean isRunning() {
    return container.isRunning();
  }

  @Override
  public void kill() {
    if (isRunning()) {
      container.getDockerClient().killContainerCmd(container.getContainerId()).exec();
    }
  }

  @Override
  public void freeze() {
    container.getDockerClient().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void thaw() {
    container.getDockerClient().unpauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void restart() {
    kill();
    container.getDockerClient().startContainerCmd(container.getContainerId()).exec();
    awaitAnswer();
  }

  @Override
  public void close() {
    container.stop();
  }

  private void awaitAnswer() {
    if (!Readiness.await(() -> Readiness.answersVersion(address()), () -> true)) {
      container.stop();
      throw new IllegalStateException("memcached in a container did not answer on " + address());
    }
  }

  private static String image() {
    String chosen = System.getenv(ENVIRONMENT_VARIABLE);
    return chosen == null || chosen.isEmpty() ? DEFAULT_IMAGE : chosen;
  }

  /** A mapped port would change with every restart of the container; a fixed one does not. */
  private static final class FixedPortContainer extends GenericContainer<FixedPortContainer> {
    FixedPortContainer(int port) {
      super(DockerImageName.parse(image()));
      addFixedExposedPort(port, PORT_INSIDE);
    }
  }
}
