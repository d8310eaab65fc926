package io.fairlead.testkit;

import java.util.ArrayList;
import java.util.List;

/** Starts a memcached in whichever way this machine offers. */
public final class Memcached {
  static final String NOT_INSTALLED =
      "memcached is not installed: apt-get install memcached (or start a container engine)";

  private Memcached() {}

  /**
   * Starts the installed memcached or, where there is none, one in a container.
   *
   * @throws IllegalStateException when neither is possible; the message says what to install
   */
  public static MemcachedServer start(String... arguments) {
    return start(providers(), List.of(arguments));
  }

  /** Starts {@code count} of them; all or none. */
  public static List<MemcachedServer> startAll(int count, String... arguments) {
    List<MemcachedServer> servers = new ArrayList<>(count);
    try {
      for (int i = 0; i < count; i++) {
        servers.add(start(arguments));
      }
      return List.copyOf(servers);
    } catch (RuntimeException e) {
      servers.forEach(MemcachedServer::close);
      throw e;
    }
  }

  static MemcachedServer start(List<MemcachedProvider> providers, List<String> arguments) {
    for (MemcachedProvider provider : providers) {
      if (provider.isAvailable()) {
        return provider.start(arguments);
      }
    }
    throw new IllegalStateException(NOT_INSTALLED);
  }

  private static List<MemcachedProvider> providers() {
    List<MemcachedProvider> providers = new ArrayList<>();
    providers.add(MemcachedProcess.provider());
    if (hasContainerSupport()) {
      providers.add(MemcachedContainer.provider());
    }
    return providers;
  }

  /**
   * Testcontainers is an optional dependency: {@link MemcachedContainer} may be touched only after
   * this said yes.
   */
  private static boolean hasContainerSupport() {
    try {
      Class.forName(
          "org.testcontainers.containers.GenericContainer",
          false,
          Memcached.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException | NoClassDefFoundError e) {
      return false;
    }
  }
}
