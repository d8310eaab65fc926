package io.fairlead.hotkey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Keys of which few are asked for often and most hardly ever, as Zipf's law has it. */
final class ZipfKeys {
  private final double[] upTo;

  ZipfKeys(int keys, double exponent) {
    upTo = new double[keys];
    double sum = 0;
    for (int i = 0; i < keys; i++) {
      sum += Math.pow(i + 1, -exponent);
      upTo[i] = sum;
    }
    for (int i = 0; i < keys; i++) {
      upTo[i] /= sum;
    }
  }

  /** The rank of the next key; 0 is asked for most. */
  int next(Random random) {
    int at = Arrays.binarySearch(upTo, random.nextDouble());
    return Math.min(at < 0 ? -at - 1 : at, upTo.length - 1);
  }

  double share(int rank) {
    return rank == 0 ? upTo[0] : upTo[rank] - upTo[rank - 1];
  }

  static byte[] key(int rank) {
    return ("user:" + rank).getBytes(StandardCharsets.US_ASCII);
  }
}
