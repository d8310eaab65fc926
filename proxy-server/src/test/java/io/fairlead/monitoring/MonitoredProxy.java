package io.fairlead.monitoring;

import io.fairlead.config.Address;
import io.fairlead.config.ConfigLoader;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.admin.AdminServer;
import io.fairlead.server.admin.ConfigStatus;
import io.fairlead.server.admin.ProxyReadings;
import io.fairlead.server.admin.Reloading;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A proxy with its admin port, which is asked for metrics as Prometheus does. */
final class MonitoredProxy implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Proxy proxy;
  private final AdminServer admin;

  private MonitoredProxy(Proxy proxy, AdminServer admin) {
    this.proxy = proxy;
    this.admin = admin;
  }

  /** Starts one with a configuration of Fairlead's own. */
  static MonitoredProxy start(String yaml) throws IOException {
    AdminServer admin = AdminServer.start(new Address.Tcp("127.0.0.1", 0), "1.2.3");
    Proxy proxy = Proxy.start(ConfigLoader.parse(yaml, "f.yaml"));
    admin.onServing(ProxyReadings.of(proxy));
    admin.onReady();
    admin.onReloadable(new Unchanged());
    return new MonitoredProxy(proxy, admin);
  }

  /** A file that is never read again. */
  private static final class Unchanged implements Reloading {
    private final ConfigStatus status = ConfigStatus.beginning("d41d8cd98f00b204e9800998ecf8427e");

    @Override
    public ConfigStatus status() {
      return status;
    }

    @Override
    public CompletionStage<ConfigStatus> reload() {
      return CompletableFuture.completedStage(status);
    }
  }

  RawClient client() {
    return RawClient.connect(proxy.addresses().get(0)).withDeadline(Duration.ofSeconds(30));
  }

  Proxy proxy() {
    return proxy;
  }

  Scrape scrape() {
    return Scrape.of(text("text/plain"));
  }

  /** All metrics in the form that is asked for. */
  String text(String accept) {
    URI uri = URI.create("http://127.0.0.1:" + admin.address().getPort() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    proxy.close();
    admin.close();
  }
}
