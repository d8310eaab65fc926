package io.fairlead.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Which request comes next. */
sealed interface Workload {
  /**
   * Writes the next request to {@code out} and enters it in {@code outstanding}; false when there
   * is none left.
   */
  boolean next(ByteBuffer out, Outstanding outstanding, long dueNanos);

  /** Gets and sets of random keys, as a scenario asks, without end. */
  final class Mixed implements Workload {
    private final Scenario scenario;
    private final Keyspace keyspace;
    private final SplittableRandom random;

    Mixed(Scenario scenario, Keyspace keyspace, long seed) {
      this.scenario = scenario;
      this.keyspace = keyspace;
      random = new SplittableRandom(seed);
    }

    @Override
    public boolean next(ByteBuffer out, Outstanding outstanding, long dueNanos) {
      int key = random.nextInt(keyspace.count());
      if (scenario.setPercent() > 0 && random.nextInt(100) < scenario.setPercent()) {
        keyspace.putSet(out, key);
        outstanding.add(dueNanos, key, Outstanding.SET);
        return true;
      }
      keyspace.putGet(out, key, scenario.keysPerGet());
      outstanding.add(dueNanos, key, scenario.keysPerGet());
      return true;
    }
  }

  /** Sets every key once. */
  final class Preload implements Workload {
    private final Keyspace keyspace;
    private int key;

    Preload(Keyspace keyspace) {
      this.keyspace = keyspace;
    }

    @Override
    public boolean next(ByteBuffer out, Outstanding outstanding, long dueNanos) {
      if (isDone()) {
        return false;
      }
      keyspace.putSet(out, key);
      outstanding.add(dueNanos, key++, Outstanding.SET);
      return true;
    }

    boolean isDone() {
      return key == keyspace.count();
    }
  }
}
