package io.fairlead.runtime;

import io.fairlead.config.ProxySettings;
import io.fairlead.metrics.Counter;
import io.fairlead.metrics.ServerCounter;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that as many event loops take clients as are needed, where their number follows the
 * load.
 */
final class LoopKeeper implements AutoCloseable {
  /*
   * A thread of its own looks once a second how busy the loops are, by what they count themselves:
   *
   *   all full ..................... one more takes clients: it is made when it is needed first
   *   one full, another far less ... a part of the clients of the one goes on on the other
   *   little to do for minutes ..... the last one takes none any more; its clients go on on the others,
   *                                  and without any it closes its connections to servers
   *
   * A loop that has taken clients before keeps its counters and its routes, which cost memory but no
   * time, and follows the settings; its thread sleeps.
   */
  private static final Logger LOG = LoggerFactory.getLogger(LoopKeeper.class);

  private final Loops loops;
  private final LeastBusy leastBusy;
  private final SettingsInForce settings;
  private final Loops.Maker maker;
  private final LoopWatchdog watchdog;
  private final LoopRule rule;
  private final LoopScale scale;
  private final LoopBalance balance;
  private final BusyShares shares = new BusyShares();
  private final AtomicInteger onTheWay = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("fairlead-keeper", true));

  /** The first so many of all loops take clients. */
  private int takers;

  LoopKeeper(
      Loops loops,
      LeastBusy leastBusy,
      SettingsInForce settings,
      Loops.Maker maker,
      LoopWatchdog watchdog,
      LoopRule rule) {
    this.loops = loops;
    this.leastBusy = leastBusy;
    this.settings = settings;
    this.maker = maker;
    this.watchdog = watchdog;
    this.rule = rule;
    this.takers = loops.all().size();
    this.scale = new LoopScale(takers, loops.most(), rule);
    this.balance = new LoopBalance(rule.full());
  }

  void start() {
    long nanos = rule.look().toNanos();
    shares.look(loops.all(), System.nanoTime());
    thread.scheduleWithFixedDelay(this::lookSafely, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** Clients that have left a loop and are on none yet. */
  int clientsOnTheWay() {
    return onTheWay.get();
  }

  private void lookSafely() {
    try {
      look();
    } catch (RuntimeException e) {
      if (!thread.isShutdown()) {
        LOG.atWarn().setCause(e).log("the number of event loops could not be changed");
      }
    }
  }

  private void look() {
    shares.look(loops.all(), System.nanoTime());
    int wanted = scale.next(shares.last(takers));
    if (wanted > takers) {
      add();
    } else if (wanted < takers) {
      retire();
    }
    shift();
    empty();
    double[] busy = shares.smooth(takers);
    List<SingleThreadEventLoop> taking =
        loops.all().subList(0, takers).stream().map(each -> each.loop().eventLoop()).toList();
    leastBusy.know(taking, busy, clients(0, takers));
  }

  private void add() {
    if (takers == loops.all().size()) {
      LoopRuntime added = loops.next(settings.present(), maker);
      if (!settings.admit(added)) {
        return;
      }
      watchdog.watch(added.loop().eventLoop());
    }
    takers++;
    spread();
    log("event loops are full, one more takes clients");
  }

  private void retire() {
    takers--;
    spread();
    log("event loops have little to do, one fewer takes clients");
  }

  private void log(String what) {
    LOG.atInfo()
        .addKeyValue("loops", takers)
        .addKeyValue("busy", String.format(Locale.ROOT, "%.2f", shares.sum()))
        .addKeyValue("clients", clients(0, loops.all().size()))
        .log(what);
  }

  private void spread() {
    balance.loopsChanged();
    ProxySettings present = settings.present();
    long memory = MemoryBudget.ofLoop(present, takers);
    int now = takers;
    List<LoopRuntime> all = loops.all();
    for (int i = 0; i < all.size(); i++) {
      LoopRuntime runtime = all.get(i);
      boolean takes = i < now;
      tell(runtime, () -> runtime.spread(takes, now, memory));
    }
  }

  private static void tell(LoopRuntime runtime, Runnable task) {
    runtime.loop().eventLoop().execute(task);
  }

  /** Has clients of a full loop go on on one that has room. */
  private void shift() {
    LoopBalance.Shift shift = balance.next(shares.smooth(takers));
    if (shift != null) {
      move(loops.all().get(shift.from()), shift.part(), shift.to());
    }
  }

  private void move(LoopRuntime from, double part, int to) {
    LoopClients other = loops.all().get(to).clients();
    tell(from, () -> from.clients().move(part, other, onTheWay));
  }

  /** Has nothing be left on the loops that take no clients any more. */
  private void empty() {
    List<LoopRuntime> all = loops.all();
    for (int i = takers; i < all.size(); i++) {
      LoopRuntime retired = all.get(i);
      if (clients(i, i + 1) > 0) {
        move(retired, 1, BusyShares.least(shares.smooth(takers)));
      } else if (hasServerConnections(retired)) {
        tell(retired, retired::leaveServers);
      }
    }
  }

  private long clients(int from, int to) {
    return loops.all().subList(from, to).stream()
        .mapToLong(each -> each.loop().stats().get(Counter.CLIENTS))
        .sum();
  }

  private static boolean hasServerConnections(LoopRuntime runtime) {
    return runtime.poolCounters().stream()
        .flatMap(pool -> pool.servers().stream())
        .anyMatch(server -> server.get(ServerCounter.SERVER_CONNECTIONS) > 0);
  }

  /** Changes nothing any more. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
