package io.fairlead.server.doctor;

import io.fairlead.config.PoolSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.SizeText;
import io.fairlead.server.client.Printable;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import io.fairlead.server.client.Servers;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One server: whether it answers, and what it says of itself. */
final class ServerVisit implements AutoCloseable {
  /** The first release in which the meta commands are as they have stayed. */
  private static final int OLD_BEFORE = 1_006_000;

  private static final Pattern VERSION = Pattern.compile("VERSION (\\d+)\\.(\\d+)\\.(\\d+).*");
  private static final Duration MOST_CLOCK_DIFFERENCE = Duration.ofSeconds(3);

  private final PoolSettings pool;
  private final ServerSettings server;
  private final int valueBytes;
  private final InstantSource clock;
  private final List<Finding> findings = new ArrayList<>();
  private Map<String, String> stats = Map.of();
  private @Nullable ServerLink link;

  ServerVisit(PoolSettings pool, ServerSettings server, int valueBytes, InstantSource clock) {
    this.pool = pool;
    this.server = server;
    this.valueBytes = valueBytes;
    this.clock = clock;
  }

  List<Finding> findings() {
    return findings;
  }

  String address() {
    return server.address().toString();
  }

  String subject() {
    return Servers.nameOf(pool, server);
  }

  /** What {@code stats} says of it; empty when it did not answer. */
  Map<String, String> stats() {
    return stats;
  }

  void go(Servers servers) {
    try {
      ServerLink opened = servers.open(pool, server);
      link = opened;
      X509Certificate certificate = opened.certificate();
      if (certificate != null) {
        Instant expires = certificate.getNotAfter().toInstant();
        findings.add(Expiry.of("certificate", subject(), expires, clock));
      }
      ask(opened);
    } catch (ServerException e) {
      findings.add(Finding.fail("server", subject(), String.valueOf(e.getMessage())));
    }
  }

  private void ask(ServerLink opened) throws ServerException {
    opened.send("version\r\n");
    String answer = opened.line();
    Matcher version = VERSION.matcher(answer);
    if (!version.matches()) {
      findings.add(Finding.fail("server", subject(), strange(answer)));
      return;
    }
    findings.add(version(version));
    stats = opened.stats("stats");
    compareClock();
    compareItemSize(opened.stats("stats settings"));
  }

  private static String strange(String answer) {
    return answer.startsWith("CLIENT_ERROR unauthenticated")
        ? "asks for a password: give one with auth of the pool"
        : "is no memcached: it answers version with: " + Printable.of(answer);
  }

  private Finding version(Matcher version) {
    int number =
        1_000_000 * Integer.parseInt(version.group(1))
            + 1000 * Integer.parseInt(version.group(2))
            + Integer.parseInt(version.group(3));
    String text = "answers, " + version.group().substring("VERSION ".length());
    return number < OLD_BEFORE
        ? Finding.warn(
            "server", subject(), text + ": meta commands need 1.6.0, so that repairs go without")
        : Finding.ok("server", subject(), Printable.of(text));
  }

  private void compareClock() {
    Long theirs = number(stats, "time");
    if (theirs == null) {
      return;
    }
    Duration difference = Duration.between(Instant.ofEpochSecond(theirs), clock.instant()).abs();
    if (difference.compareTo(MOST_CLOCK_DIFFERENCE) > 0) {
      findings.add(
          Finding.warn(
              "clock",
              subject(),
              "differs from ours by "
                  + difference.toSeconds()
                  + " s: values with a date of expiry go too early or late; set it by NTP"));
    }
  }

  private void compareItemSize(Map<String, String> theirSettings) {
    Long most = number(theirSettings, "item_size_max");
    if (most != null && most > valueBytes) {
      findings.add(
          Finding.warn(
              "item size",
              subject(),
              "stores values of up to "
                  + SizeText.format(most)
                  + ", of which we pass on those up to "
                  + SizeText.format(valueBytes)
                  + ": raise limits.value, or lower its -I"));
    }
  }

  private static @Nullable Long number(Map<String, String> stats, String name) {
    String text = stats.get(name);
    return text != null && text.matches("\\d{1,15}") ? Long.valueOf(text) : null;
  }

  /** When it was started, by its own clock; null when it does not say so. */
  @Nullable Long startedAt() {
    Long time = number(stats, "time");
    Long uptime = number(stats, "uptime");
    return time == null || uptime == null ? null : Long.valueOf(time - uptime);
  }

  /** Whether this server sees the connection that we have with the other one. */
  boolean sees(ServerVisit other) {
    ServerLink ours = link;
    ServerLink theirs = other.link;
    if (ours == null
        || theirs == null
        || !(theirs.localAddress() instanceof InetSocketAddress local)) {
      return false;
    }
    try {
      String end = ":" + local.getPort();
      return ours.stats("stats conns").entrySet().stream()
          .anyMatch(each -> each.getKey().endsWith(":addr") && each.getValue().endsWith(end));
    } catch (ServerException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (link != null) {
      link.close();
    }
  }
}
