package io.fairlead.secure;

import io.fairlead.config.ConfigLoader;
import io.fairlead.metrics.Counter;
import io.fairlead.runtime.Proxy;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** A proxy with the settings of a file, as its users write it. */
final class ConfiguredProxy implements AutoCloseable {
  private final Proxy proxy;
  private final Path file;

  private ConfiguredProxy(Proxy proxy, Path file) {
    this.proxy = proxy;
    this.file = file;
  }

  static ConfiguredProxy start(Path folder, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("fairlead.yml"), yaml + "admin: false\n");
    return new ConfiguredProxy(Proxy.start(ConfigLoader.load(file)), file);
  }

  /** Follows another file. */
  void update(String yaml) throws IOException {
    Files.writeString(file, yaml + "admin: false\n");
    proxy.update(ConfigLoader.load(file));
  }

  Proxy proxy() {
    return proxy;
  }

  int port() {
    return port(0);
  }

  int port(int listener) {
    return ((InetSocketAddress) proxy.addresses().get(listener)).getPort();
  }

  /** In the clear. */
  RawClient connect() {
    return RawClient.connect(port());
  }

  /** The counter's sum over all event loops. */
  long count(Counter counter) {
    return proxy.stats().stream().mapToLong(loop -> loop.get(counter)).sum();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
