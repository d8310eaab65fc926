package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemcachedTest {
  @Test
  void asksTheProvidersInTurn() {
    FakeProvider missing = new FakeProvider(false);
    FakeProvider present = new FakeProvider(true);

    assertThatThrownBy(() -> Memcached.start(List.of(missing, present), List.of("-v")))
        .hasMessage("started with [-v]");
  }

  @Test
  void saysWhatToInstall() {
    assertThatThrownBy(() -> Memcached.start(List.of(new FakeProvider(false)), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "memcached is not installed: apt-get install memcached (or start a container engine)");
  }

  @Test
  void startsSeveral() {
    List<MemcachedServer> servers = Memcached.startAll(3);
    try {
      assertThat(servers).extracting(MemcachedServer::port).doesNotHaveDuplicates();
    } finally {
      servers.forEach(MemcachedServer::close);
    }
  }

  @Test
  void needsNoContainerLibrary() throws Exception {
    URL classes = Memcached.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> memcached = alone.loadClass(Memcached.class.getName());
      Object server =
          memcached.getMethod("start", String[].class).invoke(null, (Object) new String[0]);
      try (AutoCloseable started = (AutoCloseable) server) {
        assertThat(started.toString()).startsWith("memcached on ");
      }
    }
  }

  private record FakeProvider(boolean isAvailable) implements MemcachedProvider {
    @Override
    public MemcachedServer start(List<String> arguments) {
      throw new IllegalStateException("started with " + arguments);
    }
  }
}
