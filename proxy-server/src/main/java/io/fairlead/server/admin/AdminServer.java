package io.fairlead.server.admin;

import io.fairlead.config.Address;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The admin port: a small HTTP server. */
public final class AdminServer implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_BODY_BYTES = 1024;
  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(10);

  private final AdminPages pages;
  private final ExecutorService readers = readers();
  private final Port port;

  private AdminServer(Address.Tcp address, AdminPages pages, Duration exchangeLimit)
      throws IOException {
    this.pages = pages;
    this.port =
        new Port("admin", address, exchangeLimit, pipeline -> setUp(pipeline, pages, readers));
  }

  private static ExecutorService readers() {
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(Port.MAX_CONNECTIONS),
            new DefaultThreadFactory("admin-pages", true));
    one.allowCoreThreadTimeOut(true);
    return one;
  }

  /**
   * Listens, alive and not yet ready.
   *
   * @throws IOException when the address cannot be listened on; its message says which and why
   */
  public static AdminServer start(Address.Tcp address, String version) throws IOException {
    return start(address, version, EXCHANGE_LIMIT);
  }

  static AdminServer start(Address.Tcp address, String version, Duration exchangeLimit)
      throws IOException {
    return new AdminServer(address, new AdminPages(version), exchangeLimit);
  }

  private static void setUp(ChannelPipeline pipeline, AdminPages pages, Executor readers) {
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES);
    pipeline
        .addLast(new HttpServerCodec(limits))
        .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
        .addLast(new AdminHandler(pages, readers));
  }

  /** Where it listens; port 0 has become a real one. */
  public InetSocketAddress address() {
    return port.address();
  }

  /** The proxy accepts connections: probes pass, and its counters are served. Called once. */
  public void onReady(ProxyReadings readings) {
    pages.onReady(readings);
  }

  /** The configuration can be read again, when somebody asks for it. */
  public void onReloadable(Reloading config) {
    pages.onReloadable(config);
  }

  /** The proxy takes no new connections: it is alive and not ready. */
  public void onDraining() {
    pages.onDraining();
  }

  @Override
  public void close() {
    port.close();
    readers.shutdownNow();
  }
}
