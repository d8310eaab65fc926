package io.fairlead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.backend.Connector;
import io.fairlead.backend.ExchangePool;
import io.fairlead.config.LoadOptions;
import io.fairlead.config.LoadOptions.Foreign;
import io.fairlead.config.LoadOptions.Mcrouter;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.route.RouteTreeSettings;
import io.fairlead.dialect.FileLoader;
import io.fairlead.health.HealthRegistry;
import io.fairlead.loop.ProxyLoop;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadEventLoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Other settings are prepared on another thread, while the event loop serves its clients. */
class LoopRoutesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../config-examples");

  private static final LoadOptions WITH_A_PREFIX =
      new LoadOptions(null, Foreign.DEFAULT, new Mcrouter(Mcrouter.DEFAULT.listen(), "/eqiad/mw/"));

  private static final Connector NOBODY =
      (address, pool, connection, onFailure) -> {
        throw new AssertionError("connects to " + address);
      };

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, Transport.NIO.handlers());
  private final CountDownLatch end = new CountDownLatch(1);
  private SingleThreadEventLoop eventLoop;

  @BeforeEach
  void keepTheLoopBusy() throws InterruptedException {
    eventLoop = (SingleThreadEventLoop) group.next();
    CountDownLatch isBusy = new CountDownLatch(1);
    eventLoop.execute(
        () -> {
          isBusy.countDown();
          awaitEnd();
        });
    isBusy.await();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void shutDown() {
    end.countDown();
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES);
        Stream<Path> mcrouter = Files.list(EXAMPLES.resolve("mcrouter"))) {
      return Stream.concat(files, mcrouter)
          .filter(file -> file.toString().matches(".*\\.(ya?ml|json)"))
          .filter(file -> !file.toString().endsWith("-servers.json"))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void areMadeWithoutTheLoop(Path file) {
    LoadOptions options = file.endsWith("two-regions.json") ? WITH_A_PREFIX : LoadOptions.NONE;
    ProxySettings settings = FileLoader.read(file, options).settings();
    HealthRegistry health = new HealthRegistry();
    health.follow(settings.pools());
    ProxyLoop loop = new ProxyLoop(eventLoop, UnpooledByteBufAllocator.DEFAULT, false, 1 << 20);

    LoopRoutes routes = routes(settings, loop, health, null);
    LoopRoutes next = routes(settings, loop, health, routes);

    assertThat(eventLoop.pendingTasks()).as("what was left to the loop").isZero();
    List<String> trees = settings.routes().stream().map(RouteTreeSettings::name).toList();
    assertThat(trees).allSatisfy(tree -> assertThat(next.target(tree)).isNotNull());
    assertThat(next.serversWithout(routes)).as("servers that are not kept").isEmpty();
  }

  private static LoopRoutes routes(
      ProxySettings settings, ProxyLoop loop, HealthRegistry health, @Nullable LoopRoutes before) {
    return LoopRoutes.of(settings, loop, NOBODY, new ExchangePool(), health, null, before);
  }
}
