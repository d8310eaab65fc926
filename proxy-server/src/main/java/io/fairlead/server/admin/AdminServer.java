package io.fairlead.server.admin;

import io.fairlead.access.AdminToken;
import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The admin port: a small HTTP server. */
public final class AdminServer implements AutoCloseable {
  private static final int MAX_LINE_BYTES = 2048;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final int MAX_BODY_BYTES = 1024;
  private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(10);

  private static final long STREAM_MILLIS = 1000;

  private final AdminState state;
  private final AdminPages pages;
  private final AdminActions actions;
  private final Guard guard;
  private final OverviewStream stream;
  private final ExecutorService readers = readers();
  private final Port port;

  private AdminServer(AdminSettings settings, AdminState state, Duration exchangeLimit)
      throws IOException {
    this.state = state;
    pages = new AdminPages(state);
    actions = new AdminActions(state);
    Path token = settings.tokenFile();
    guard =
        new Guard(
            new AllowedHosts(HostName.read(), settings.hosts()),
            token == null ? null : read(token));
    stream = new OverviewStream(pages.overview(), readers, STREAM_MILLIS);
    port = new Port("admin", settings.address(), settings.reusePort(), exchangeLimit, this::setUp);
  }

  private static AdminToken read(Path token) throws IOException {
    try {
      return new AdminToken(token);
    } catch (IllegalArgumentException e) {
      throw new IOException("admin.token_file: " + e.getMessage(), e);
    }
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

  /** Listens with nothing to say about the process, and where nothing can be changed. */
  public static AdminServer start(Address.Tcp address, String version) throws IOException {
    return start(AdminSettings.at(address), version, ProcessReadings.NONE);
  }

  /**
   * Listens, alive and not yet ready.
   *
   * @throws IOException when the address cannot be listened on, or the file of the token cannot be
   *     used; its message says which and why
   */
  public static AdminServer start(AdminSettings settings, String version, ProcessReadings process)
      throws IOException {
    return start(settings, version, process, EXCHANGE_LIMIT);
  }

  static AdminServer start(
      AdminSettings settings, String version, ProcessReadings process, Duration exchangeLimit)
      throws IOException {
    AdminState state = new AdminState(version);
    state.readsProcess(process);
    return new AdminServer(settings, state, exchangeLimit);
  }

  private void setUp(ChannelPipeline pipeline) {
    HttpDecoderConfig limits =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES);
    pipeline
        .addLast(new HttpServerCodec(limits))
        .addLast(new HttpObjectAggregator(MAX_BODY_BYTES))
        .addLast(new AdminHandler(pages, actions, guard, stream, readers));
  }

  /** Where it listens; port 0 has become a real one. */
  public InetSocketAddress address() {
    return port.address();
  }

  OverviewStream stream() {
    return stream;
  }

  /** How many are open. */
  int connections() {
    return port.connections();
  }

  /** The proxy accepts connections: its counters are served. Called once. */
  public void onServing(ProxyReadings readings) {
    state.onServing(readings, null);
  }

  /** The same with what the pages show besides. */
  public void onServing(ProxyReadings readings, ProxyView proxy) {
    state.onServing(readings, proxy);
  }

  /** Clients should come: probes pass from now on, unless it is about to end. */
  public void onReady() {
    state.onReady();
  }

  /** The configuration can be read again, when somebody asks for it. */
  public void onReloadable(Reloading config) {
    state.onReloadable(config);
  }

  /**
   * The proxy is about to end: it is alive and not ready, or leaves the port to another process.
   */
  public void onDraining() {
    state.onDraining();
    port.leave();
  }

  @Override
  public void close() {
    port.close();
    readers.shutdownNow();
  }
}
