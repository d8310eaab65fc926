package io.fairlead.access;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses have given wrong passwords of late. Of those there may be any number, so the
 * table is bounded, and those that failed longest ago are forgotten first.
 */
final class Attempts {
  static final int MOST_FAILURES = 3;
  static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 4096;

  private final Map<Long, Failures> byAddress = new LinkedHashMap<>();

  /** How often, and when for the last time. */
  private record Failures(int count, long at) {}

  /** Whether an address has failed so often that it has to wait. */
  synchronized boolean areTooMany(@Nullable InetAddress from, long now) {
    Failures failures = from == null ? null : byAddress.get(place(from));
    return failures != null && failures.count() >= MOST_FAILURES && !isOver(failures, now);
  }

  synchronized void failed(@Nullable InetAddress from, long now) {
    if (from == null) {
      return; // a unix socket
    }
    Failures before = byAddress.remove(place(from));
    int count = before == null || isOver(before, now) ? 1 : before.count() + 1;
    byAddress.put(place(from), new Failures(Math.min(count, MOST_FAILURES), now)); // as the newest
    if (byAddress.size() > MOST_ADDRESSES) {
      byAddress.remove(byAddress.keySet().iterator().next());
    }
  }

  private static boolean isOver(Failures failures, long now) {
    return now - failures.at() > REMEMBERED.toNanos();
  }

  /** An IPv4 address, or the network of an IPv6 one, all of which one machine may have. */
  private static long place(InetAddress address) {
    byte[] bytes = address.getAddress();
    long place = 0;
    for (int i = 0; i < Math.min(bytes.length, Long.BYTES); i++) {
      place = place << Byte.SIZE | (bytes[i] & 0xff);
    }
    return place;
  }

  synchronized int size() {
    return byAddress.size();
  }
}
