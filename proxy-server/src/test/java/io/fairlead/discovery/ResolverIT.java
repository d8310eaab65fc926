package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.fairlead.it.LeakCheck;
import io.fairlead.testkit.DnsServer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the answers of a DNS server, good and bad. */
@ExtendWith(LeakCheck.class)
class ResolverIT {
  @TempDir private Path folder;

  private DnsServer dns;
  private MultiThreadIoEventLoopGroup group;
  private Resolver resolver;

  @BeforeEach
  void start() throws IOException {
    dns = DnsServer.start();
    dns.writeResolvConf(folder);
    Files.writeString(folder.resolve("hosts"), "10.9.9.9 listed other # x\n");
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    resolver =
        new Resolver(
            new DnsChannels(group.next(), NioDatagramChannel::new, NioSocketChannel::new),
            new DiscoveryPlaces(
                folder.resolve("resolv.conf"),
                folder.resolve("hosts"),
                URI.create("http://x"),
                folder));
  }

  @AfterEach
  void stop() {
    group.next().execute(resolver::close);
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    dns.close();
  }

  @Test
  void findsAddressesOfBothFamiliesAndForHowLongTheyAreTrue() {
    dns.ttl(17).host("cache.test", "::1", "10.0.0.2", "10.0.0.1");

    Answer<InetAddress> answer = addresses("cache.test");

    assertThat(texts(answer)).containsExactly("10.0.0.2", "10.0.0.1", "::1");
    assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(17));
    assertThat(answer.isComplete()).isTrue();
  }

  @Test
  void answerWithoutAddressesOfOneFamilyIsComplete() {
    dns.host("cache.test", "10.0.0.1");

    assertThat(addresses("cache.test").isComplete()).isTrue();
  }

  @Test
  void findsServices() {
    dns.ttl(5).service("_memcache._tcp.c.test", "cache-0.c.test:11211", "cache-1.c.test:1");

    Answer<SrvRecord> answer =
        this.<SrvRecord>ask(to -> resolver.services("_memcache._tcp.c.test", to));

    assertThat(answer.found())
        .containsExactly(
            new SrvRecord("cache-0.c.test", 11211), new SrvRecord("cache-1.c.test", 1));
    assertThat(answer.ttl()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void asksAgainOverTcpWhenAnAnswerIsCutOff() {
    String[] many = IntStream.range(0, 200).mapToObj(i -> "10.0.1." + i).toArray(String[]::new);
    dns.host("cache.test", many);
    dns.mood(DnsServer.Mood.TRUNCATES);

    assertThat(texts(addresses("cache.test"))).containsExactlyInAnyOrder(many);
  }

  @Test
  void asksForServicesAgainOverTcpToo() {
    String[] many =
        IntStream.range(0, 100)
            .mapToObj(i -> "cache-" + i + ".c.test:11211")
            .toArray(String[]::new);
    dns.service("_memcache._tcp.c.test", many);
    dns.mood(DnsServer.Mood.TRUNCATES);

    Answer<SrvRecord> answer =
        this.<SrvRecord>ask(to -> resolver.services("_memcache._tcp.c.test", to));

    assertThat(answer.found()).hasSize(100).contains(new SrvRecord("cache-99.c.test", 11211));
  }

  @Test
  void namesInTheHostsFileNeedNoServer() throws IOException {
    dns.mood(DnsServer.Mood.SILENT);

    assertThat(texts(addresses("Listed"))).containsExactly("10.9.9.9");
    assertThat(texts(addresses("localhost"))).containsExactly("127.0.0.1");
    assertThat(texts(addresses("10.1.2.3"))).containsExactly("10.1.2.3");
    assertThat(dns.questions()).isEmpty();
  }

  @Test
  void saysThatThereIsNoSuchName() {
    dns.host("empty.test");

    assertThat(failure("cache.test")).isEqualTo("cache.test: no such host");
    assertThat(failure("empty.test")).isEqualTo("empty.test: no such host");
  }

  @Test
  void saysThatServersFail() {
    dns.mood(DnsServer.Mood.SERVFAIL);

    assertThat(failure("cache.test").toLowerCase(Locale.ROOT)).contains("servfail");
  }

  @Test
  void saysThatNobodyAnswers() {
    dns.mood(DnsServer.Mood.SILENT);

    assertThat(failure("cache.test")).isEqualTo("cache.test: no answer from any DNS server");
  }

  @Test
  void looksInTheDomainsOfResolvConfWhichIsReadAgain() {
    dns.host("cache.shop.test", "10.0.0.1");
    assertThat(failure("cache")).isEqualTo("cache: no such host");

    dns.writeResolvConf(folder, "search none.test shop.test", "options ndots:2");

    assertThat(texts(addresses("cache"))).containsExactly("10.0.0.1");
    assertThat(dns.questions()).contains("cache.none.test", "cache.shop.test");
  }

  private Answer<InetAddress> addresses(String host) {
    return this.<InetAddress>ask(to -> resolver.addresses(host, to));
  }

  private static List<String> texts(Answer<InetAddress> answer) {
    return answer.found().stream().map(InetAddresses::toAddrString).toList();
  }

  private <T> Answer<T> ask(Consumer<Answer.Receiver<T>> question) {
    CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
    Consumer<String> failed = reason -> answer.completeExceptionally(new AssertionError(reason));
    group.next().execute(() -> question.accept(receiver(answer::complete, failed)));
    return answer.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private String failure(String host) {
    CompletableFuture<String> reason = new CompletableFuture<>();
    Consumer<Answer<InetAddress>> found =
        answer -> reason.completeExceptionally(new AssertionError(answer.toString()));
    group.next().execute(() -> resolver.addresses(host, receiver(found, reason::complete)));
    return reason.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private static <T> Answer.Receiver<T> receiver(
      Consumer<Answer<T>> onAnswer, Consumer<String> onFailure) {
    return new Answer.Receiver<>() {
      @Override
      public void onAnswer(Answer<T> answer) {
        onAnswer.accept(answer);
      }

      @Override
      public void onFailure(String reason) {
        onFailure.accept(reason);
      }
    };
  }
}
