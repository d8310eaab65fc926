package io.fairlead.discovery;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What DNS servers have answered to one question. */
final class Records {
  private final DnsRecordType type;
  private final List<DnsRecord> records;
  private final @Nullable Throwable failure;

  /**
   * @param records borrowed
   */
  Records(DnsRecordType type, List<DnsRecord> records, @Nullable Throwable failure) {
    this.type = type;
    this.records = records;
    this.failure = failure;
  }

  /** What {@code parser} makes of the content of each record; it gives null for a broken one. */
  <T> List<T> parse(Function<ByteBuf, @Nullable T> parser) {
    return records.stream()
        .filter(record -> record.type().equals(type) && record instanceof DnsRawRecord)
        .map(record -> parser.apply(((DnsRawRecord) record).content().duplicate()))
        .filter(Objects::nonNull)
        .toList();
  }

  /** For how long all of it is true. */
  Duration ttl() {
    return Duration.ofSeconds(records.stream().mapToLong(DnsRecord::timeToLive).min().orElse(0));
  }

  /** Whether the servers have said that there is no such record, and not just failed. */
  boolean isAnswered() {
    boolean hasNoRecord = failure instanceof UnknownHostException && failure.getCause() == null;
    if (failure == null || hasNoRecord) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsErrorCauseException error) {
        return error.getCode().equals(DnsResponseCode.NXDOMAIN);
      }
    }
    return false;
  }

  /** Whether no server has answered. */
  boolean isTimeout() {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsNameResolverTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** Why there is nothing, in a few words. */
  String reason(String none) {
    if (isAnswered()) {
      return none;
    }
    if (isTimeout()) {
      return "no answer from any DNS server";
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DnsErrorCauseException error) {
        return "DNS servers answer " + error.getCode();
      }
    }
    return String.valueOf(failure);
  }
}
