package io.fairlead.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word somebody probably meant who typed another. */
final class NearestWord {
  private NearestWord() {}

  /** The word nearest to {@code typed}, if a third of its letters at most need to change. */
  static Optional<String> to(String typed, Collection<String> words) {
    int limit = Math.max(1, typed.length() / 3);
    return words.stream()
        .filter(word -> distance(typed, word) <= limit)
        .min(Comparator.comparingInt(word -> distance(typed, word)));
  }

  /**
   * Letters to insert, delete, replace, or swap with their neighbour (optimal string alignment).
   */
  static int distance(String a, String b) {
    int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        steps[i][j] = i == 0 || j == 0 ? i + j : fewest(steps, a, b, i, j);
      }
    }
    return steps[a.length()][b.length()];
  }

  private static int fewest(int[][] steps, String a, String b, int i, int j) {
    int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(steps[i - 1][j - 1] + replace, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
  }
}
