package io.fairlead.discovery;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one host name leads; the last answer stays in use while there is no other. */
final class Name implements Answer.Receiver<InetAddress> {
  private static final Logger LOG = LoggerFactory.getLogger(Name.class);

  private final String host;
  private final Resolver resolver;
  private final Consumer<Collection<InetAddress>> onLeft;
  private final Polling polling;
  private final List<Waiting> waiting = new ArrayList<>();
  private List<InetAddress> addresses = List.of();

  /** The one that is in use, so that all connections lead to one server. */
  private @Nullable InetAddress present;

  private @Nullable String failure;
  private boolean isAsking;
  private long askedAt;
  private long trueUntil;
  private int connections;

  private record Waiting(Consumer<InetAddress> onAddress, Consumer<String> onFailure) {}

  /**
   * @param onLeft is told the addresses when one that there was is not among them
   */
  Name(String host, Resolver resolver, EventLoop loop, Consumer<Collection<InetAddress>> onLeft) {
    this.host = host;
    this.resolver = resolver;
    this.onLeft = onLeft;
    this.polling = new Polling(loop, this::askAgain, Ttl.FIRST_PAUSE, Ttl.LONGEST_PAUSE);
    this.trueUntil = System.nanoTime();
  }

  void resolve(Consumer<InetAddress> onAddress, Consumer<String> onFailure) {
    waiting.add(new Waiting(onAddress, onFailure));
    if (System.nanoTime() - trueUntil < 0) {
      answer();
    } else {
      ask();
    }
  }

  void opened() {
    connections++;
    if (connections == 1) {
      long left = Math.max(0, trueUntil - System.nanoTime());
      polling.succeeded(Duration.ofNanos(left));
    }
  }

  void closed() {
    connections--;
  }

  /** The next attempt goes to another address, and asks before if the answer is not from now. */
  void failed(InetAddress address) {
    int index = addresses.indexOf(address);
    if (index >= 0 && address.equals(present)) {
      present = addresses.get((index + 1) % addresses.size());
    }
    if (System.nanoTime() - askedAt > Ttl.SHORTEST.toNanos()) {
      trueUntil = System.nanoTime();
    }
  }

  private void askAgain() {
    if (connections > 0) {
      ask();
    }
  }

  private void ask() {
    if (isAsking) {
      return;
    }
    isAsking = true;
    askedAt = System.nanoTime();
    resolver.addresses(host, this);
  }

  @Override
  public void onAnswer(Answer<InetAddress> answer) {
    if (failure != null) {
      LOG.atInfo().addKeyValue("host", host).log("a host name is known again");
    }
    failure = null;
    List<InetAddress> before = addresses;
    addresses = answer.isComplete() ? answer.found() : both(answer.found(), before);
    if (present == null || !addresses.contains(present)) {
      present = addresses.get(0);
    }
    Duration ttl = Ttl.within(answer.ttl(), Ttl.LONGEST_ADDRESS);
    onAnswered(ttl);
    polling.succeeded(ttl);
    if (!addresses.containsAll(before)) {
      LOG.atInfo()
          .addKeyValue("host", host)
          .addKeyValue("before", before)
          .addKeyValue("now", addresses)
          .log("a host name leads elsewhere");
      onLeft.accept(addresses);
    }
  }

  private static List<InetAddress> both(List<InetAddress> found, List<InetAddress> before) {
    Set<InetAddress> all = new LinkedHashSet<>(found);
    all.addAll(before);
    return List.copyOf(all);
  }

  @Override
  public void onFailure(String reason) {
    if (failure == null) {
      LOG.atWarn()
          .addKeyValue("host", host)
          .addKeyValue("last", addresses)
          .addKeyValue("reason", reason)
          .log("a host name cannot be resolved");
    }
    failure = reason;
    onAnswered(Ttl.SHORTEST);
    polling.failed();
  }

  private void onAnswered(Duration ttl) {
    isAsking = false;
    trueUntil = System.nanoTime() + ttl.toNanos();
    answer();
  }

  private void answer() {
    List<Waiting> answered = List.copyOf(waiting);
    waiting.clear();
    InetAddress address = present;
    for (Waiting each : answered) {
      if (address != null) {
        each.onAddress().accept(address);
      } else {
        each.onFailure().accept(failure == null ? host + ": no such host" : failure);
      }
    }
  }
}
