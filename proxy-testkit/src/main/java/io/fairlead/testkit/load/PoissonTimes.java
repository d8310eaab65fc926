package io.fairlead.testkit.load;

import java.util.PrimitiveIterator;
import java.util.SplittableRandom;

/**
 * When the requests of an open loop are due, in nanoseconds after its start and without an end: a
 * Poisson process, so that requests come as from many independent clients, in clusters too. The
 * same times for the same seed.
 */
public final class PoissonTimes implements PrimitiveIterator.OfLong {
  private static final double NANOS_PER_SECOND = 1e9;

  private final SplittableRandom random;
  private final double meanGap;
  private double at;

  public PoissonTimes(double perSecond, long seed) {
    random = new SplittableRandom(seed);
    meanGap = NANOS_PER_SECOND / perSecond;
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public long nextLong() {
    at -= meanGap * Math.log(1 - random.nextDouble());
    return (long) at;
  }
}
