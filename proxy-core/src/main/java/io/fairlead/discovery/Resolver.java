package io.fairlead.discovery;

import com.google.common.net.InetAddresses;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.resolver.dns.SequentialDnsServerAddressStreamProvider;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks DNS servers, over UDP and where an answer is cut off over TCP. Remembers nothing: how long
 * an answer is true is for those to heed who asked.
 */
final class Resolver implements AutoCloseable {
  /*
   * Not the resolver of the JVM, which blocks a thread for each question and keeps the time for which
   * an answer is true to itself. Netty's looks names up in the domains of resolv.conf for addresses
   * only, and reads that file once; so both are done here.
   */
  private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(2);

  /** Of what does not change by itself: a name in a hosts file, or an address. */
  private static final Duration LOCAL_TTL = Duration.ofSeconds(5);

  private final DnsChannels channels;
  private final DiscoveryPlaces places;
  private final HostsFile hosts;
  private @Nullable ResolvConf conf;
  private @Nullable DnsNameResolver dns;
  private boolean closed;

  Resolver(DnsChannels channels, DiscoveryPlaces places) {
    this.channels = channels;
    this.places = places;
    this.hosts = new HostsFile(places.hosts());
  }

  /** Looks the addresses of a host up, IPv4 first; on the thread of this resolver. */
  void addresses(String host, Answer.Receiver<InetAddress> receiver) {
    assert channels.loop().inEventLoop();
    List<InetAddress> known = withoutDns(host);
    if (!known.isEmpty()) {
      receiver.onAnswer(new Answer<>(known, LOCAL_TTL, true));
      return;
    }
    DnsNameResolver resolver = resolver();
    new HostLookup(resolver, host, present().candidates(host), receiver).next();
  }

  private List<InetAddress> withoutDns(String host) {
    if (InetAddresses.isInetAddress(host)) {
      return List.of(InetAddresses.forString(host));
    }
    List<InetAddress> known = hosts.addresses(host);
    boolean isLoopback = host.equals("localhost") || host.endsWith(".localhost");
    return known.isEmpty() && isLoopback ? List.of(InetAddresses.forString("127.0.0.1")) : known;
  }

  /** Looks the servers of a service up, whatever their priorities and weights. */
  void services(String name, Answer.Receiver<SrvRecord> receiver) {
    assert channels.loop().inEventLoop();
    DnsNameResolver resolver = resolver();
    Iterator<String> candidates = present().candidates(name).iterator();
    nextService(resolver, name, candidates, receiver);
  }

  private void nextService(
      DnsNameResolver resolver,
      String name,
      Iterator<String> candidates,
      Answer.Receiver<SrvRecord> receiver) {
    ask(
        resolver,
        candidates.next(),
        DnsRecordType.SRV,
        result -> {
          List<SrvRecord> found = result.parse(Resolver::service);
          if (!found.isEmpty()) {
            receiver.onAnswer(new Answer<>(found, result.ttl(), true));
          } else if (candidates.hasNext() && !result.isTimeout()) {
            nextService(resolver, name, candidates, receiver);
          } else {
            receiver.onFailure(name + ": " + result.reason("no such service"));
          }
        });
  }

  /** Asks for the records of one name; each record is released when {@code onResult} returns. */
  static void ask(
      DnsNameResolver resolver, String name, DnsRecordType type, Consumer<Records> onResult) {
    resolver
        .resolveAll(new DefaultDnsQuestion(name, type))
        .addListener(
            (Future<List<DnsRecord>> done) -> {
              if (!done.isSuccess()) {
                onResult.accept(new Records(type, List.of(), done.cause()));
                return;
              }
              List<DnsRecord> records = done.getNow();
              try {
                onResult.accept(new Records(type, records, null));
              } finally {
                records.forEach(ReferenceCountUtil::release);
              }
            });
  }

  private static @Nullable SrvRecord service(ByteBuf content) {
    if (content.readableBytes() < 7) {
      return null;
    }
    content.skipBytes(4); // priority and weight, see docs/decisions.md
    int port = content.readUnsignedShort();
    String host = DefaultDnsRecordDecoder.decodeName(content);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    return name.isEmpty() || port == 0 ? null : new SrvRecord(name, port);
  }

  private ResolvConf present() {
    ResolvConf present = conf;
    if (present == null) {
      throw new IllegalStateException("not read yet");
    }
    return present;
  }

  /** The resolver for what resolv.conf says now. */
  private DnsNameResolver resolver() {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    ResolvConf now = ResolvConf.read(places.resolvConf());
    DnsNameResolver present = dns;
    if (present != null && now.equals(conf)) {
      return present;
    }
    if (present != null) {
      present.close();
    }
    conf = now;
    DnsNameResolver made = build(now);
    dns = made;
    return made;
  }

  private DnsNameResolver build(ResolvConf now) {
    return new DnsNameResolverBuilder(channels.loop())
        .datagramChannelFactory(channels.datagrams())
        .socketChannelFactory(channels.streams())
        .nameServerProvider(new SequentialDnsServerAddressStreamProvider(now.serverArray()))
        .queryTimeoutMillis(QUERY_TIMEOUT.toMillis())
        .searchDomains(List.of())
        .resolveCache(NoopDnsCache.INSTANCE)
        .cnameCache(NoopDnsCnameCache.INSTANCE)
        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
        .hostsFileEntriesResolver((name, types) -> null)
        .build();
  }

  @Override
  public void close() {
    closed = true;
    if (dns != null) {
      dns.close();
    }
  }
}
