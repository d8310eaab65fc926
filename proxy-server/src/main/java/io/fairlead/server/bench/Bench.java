package io.fairlead.server.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of the generator: every key is set once, the load warms up, and then it counts.
 *
 * <p>Two addresses are loaded in turns, A B B A and so on, so that what changes on the machine
 * meanwhile changes both.
 */
public final class Bench {
  private static final int SLICES = 8; // a multiple of 4: each address as often early as late
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SPARE_SECONDS = 60;

  private final BenchSettings settings;
  private final Map<String, SocketAddress> addresses;
  private final BenchProgress progress;
  private final RequestWriter writer;
  private long seed = 1;

  /** What is told how far it is. */
  public interface BenchProgress {
    /** Something has gone on: so much of a phase is done, with so many replies per second. */
    void onProgress(String phase, double share, double perSecond);
  }

  /** An address could not be reached. */
  public static final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableException(String target, IOException cause) {
      super(target + " cannot be reached: " + cause.getMessage(), cause);
    }
  }

  /**
   * @param addresses one, or two to compare, by the names under which they are shown
   */
  public Bench(
      BenchSettings settings, Map<String, SocketAddress> addresses, BenchProgress progress) {
    this.settings = settings;
    this.addresses = new LinkedHashMap<>(addresses);
    this.progress = progress;
    this.writer = new RequestWriter(settings.prefix(), settings.valueBytes(), expirySeconds());
  }

  /** By then all is over, even if filling takes as long as the rest. */
  private long expirySeconds() {
    long once = settings.warmUp().plus(settings.duration()).toSeconds() + 1;
    return 2 * once * addresses.size() + SPARE_SECONDS;
  }

  /** Does all of it; one result for each address, in their order. */
  public List<BenchResult> run() throws IOException {
    List<LoadTarget> targets = new ArrayList<>();
    try (LoadLoop loop = new LoadLoop()) {
      for (Map.Entry<String, SocketAddress> address : addresses.entrySet()) {
        targets.add(open(address.getKey(), address.getValue(), loop));
      }
      for (LoadTarget target : targets) {
        RequestSource.Fill fill = new RequestSource.Fill(writer, settings.keys());
        loop.fill(target, fill, watch("fill", target));
      }
      for (LoadTarget target : targets) {
        load(loop, target, settings.warmUp().toNanos(), "warm-up");
      }
      return measure(loop, targets);
    } finally {
      targets.forEach(LoadTarget::close);
    }
  }

  private LoadTarget open(String name, SocketAddress address, LoadLoop loop) throws IOException {
    int mostBytes = writer.mostBytes(settings.multiget());
    try {
      return LoadTarget.open(name, address, loop.selector(), settings, mostBytes);
    } catch (IOException e) {
      throw new UnreachableException(name, e);
    }
  }

  private List<BenchResult> measure(LoadLoop loop, List<LoadTarget> targets) throws IOException {
    targets.forEach(target -> target.tally().count(true));
    long whole = settings.duration().toNanos();
    if (targets.size() == 1) {
      load(loop, targets.get(0), whole, "measure");
    } else {
      for (int slice = 0; slice < 2 * SLICES; slice++) {
        load(loop, targets.get(turn(slice)), whole / SLICES, "measure");
      }
    }
    double seconds = (double) whole / NANOS_PER_SECOND;
    return targets.stream().map(target -> BenchResult.of(target, settings, seconds)).toList();
  }

  /** 0 1 1 0 0 1 1 0 and so on. */
  private static int turn(int slice) {
    return ((slice + 1) / 2) % 2;
  }

  private void load(LoadLoop loop, LoadTarget target, long nanos, String phase) throws IOException {
    RequestSource source = new RequestSource.Mixed(writer, settings, seed);
    if (settings.isOpen()) {
      loop.sendWhenDue(target, source, settings.rate(), nanos, seed, watch(phase, target));
    } else {
      loop.sendAll(target, source, nanos, watch(phase, target));
    }
    seed++;
  }

  private LoadLoop.Watch watch(String phase, LoadTarget target) {
    long start = System.nanoTime();
    long before = target.tally().replies();
    return share -> {
      double seconds = (double) (System.nanoTime() - start) / NANOS_PER_SECOND;
      double perSecond = (target.tally().replies() - before) / Math.max(0.001, seconds);
      progress.onProgress(phase, share, perSecond);
    };
  }
}
