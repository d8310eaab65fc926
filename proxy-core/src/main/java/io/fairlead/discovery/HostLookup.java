package io.fairlead.discovery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsNameResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks for a host under one name after the other, each in IPv4 and IPv6 at once. */
final class HostLookup {
  private final DnsNameResolver resolver;
  private final String host;
  private final Iterator<String> candidates;
  private final Answer.Receiver<InetAddress> receiver;
  private final List<InetAddress> ipv4 = new ArrayList<>();
  private final List<InetAddress> ipv6 = new ArrayList<>();
  private int pending;
  private boolean isComplete;
  private @Nullable Duration ttl;
  private @Nullable Records failed;

  HostLookup(
      DnsNameResolver resolver,
      String host,
      List<String> candidates,
      Answer.Receiver<InetAddress> receiver) {
    this.resolver = resolver;
    this.host = host;
    this.candidates = candidates.iterator();
    this.receiver = receiver;
  }

  void next() {
    String name = candidates.next();
    pending = 2;
    isComplete = true;
    Resolver.ask(resolver, name, DnsRecordType.A, records -> onRecords(records, ipv4));
    Resolver.ask(resolver, name, DnsRecordType.AAAA, records -> onRecords(records, ipv6));
  }

  private void onRecords(Records records, List<InetAddress> found) {
    found.addAll(records.parse(HostLookup::address));
    if (!found.isEmpty() && (ttl == null || records.ttl().compareTo(ttl) < 0)) {
      ttl = records.ttl();
    }
    if (!records.isAnswered()) {
      isComplete = false;
      failed = records;
    }
    if (--pending == 0) {
      finish();
    }
  }

  private void finish() {
    if (ttl != null) {
      List<InetAddress> all = new ArrayList<>(ipv4);
      all.addAll(ipv6);
      receiver.onAnswer(new Answer<>(all, ttl, isComplete));
    } else if (candidates.hasNext() && (failed == null || !failed.isTimeout())) {
      next();
    } else {
      receiver.onFailure(
          host + ": " + (failed == null ? "no such host" : failed.reason("no such host")));
    }
  }

  private static @Nullable InetAddress address(ByteBuf content) {
    try {
      return InetAddress.getByAddress(ByteBufUtil.getBytes(content));
    } catch (UnknownHostException e) {
      return null; // of no length that an address has
    }
  }
}
