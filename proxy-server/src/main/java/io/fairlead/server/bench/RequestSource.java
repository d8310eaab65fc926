package io.fairlead.server.bench;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** What is asked, one request after the other. */
interface RequestSource {
  boolean hasNext();

  /** Writes one request; returns of how many keys a get is, 0 for a set. */
  int put(ByteBuffer out);

  /** The most that one request can take. */
  int mostBytes();

  /** Sets every key once. */
  final class Fill implements RequestSource {
    private final RequestWriter writer;
    private final int keys;
    private int next;

    Fill(RequestWriter writer, int keys) {
      this.writer = writer;
      this.keys = keys;
    }

    @Override
    public boolean hasNext() {
      return next < keys;
    }

    @Override
    public int put(ByteBuffer out) {
      writer.putSet(out, next++);
      return 0;
    }

    @Override
    public int mostBytes() {
      return writer.mostBytes(1);
    }

    double share() {
      return (double) next / keys;
    }
  }

  /** Gets and sets in the shares and of the keys that the settings want, without an end. */
  final class Mixed implements RequestSource {
    private final RequestWriter writer;
    private final ZipfNumbers numbers;
    private final SplittableRandom random;
    private final double getShare;
    private final int keysOfGet;

    Mixed(RequestWriter writer, BenchSettings settings, long seed) {
      this.writer = writer;
      this.numbers = new ZipfNumbers(settings.keys(), settings.skew(), seed);
      this.random = new SplittableRandom(~seed);
      this.getShare = settings.mix().getShare();
      this.keysOfGet = settings.multiget();
    }

    @Override
    public boolean hasNext() {
      return true;
    }

    @Override
    public int put(ByteBuffer out) {
      if (random.nextDouble() >= getShare) {
        writer.putSet(out, numbers.next());
        return 0;
      }
      writer.beginGet(out);
      for (int i = 0; i < keysOfGet; i++) {
        writer.addKey(out, numbers.next());
      }
      writer.endGet(out);
      return keysOfGet;
    }

    @Override
    public int mostBytes() {
      return writer.mostBytes(keysOfGet);
    }
  }
}
