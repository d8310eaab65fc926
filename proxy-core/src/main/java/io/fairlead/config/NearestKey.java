package io.fairlead.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds the known word that a misspelt one was meant to be. */
public final class NearestKey {
  private NearestKey() {}

  /** "did you mean …?", or null when no known word is near. */
  public static @Nullable String hint(String word, Collection<String> known) {
    String nearest = of(word, known);
    return nearest == null ? null : "did you mean " + nearest + "?";
  }

  /** The nearest of {@code known}: at most a third of its letters differ. */
  public static @Nullable String of(String word, Collection<String> known) {
    if (word.length() > 64) {
      return null;
    }
    String nearest = null;
    int least = Integer.MAX_VALUE;
    for (String candidate : known) {
      int distance = distance(plain(word), plain(candidate));
      if (distance < least && distance <= Math.max(1, candidate.length() / 3)) {
        nearest = candidate;
        least = distance;
      }
    }
    return nearest;
  }

  /** Case, dashes and underscores do not count: hashTag and hash-tag are near hash_tag. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Letters inserted, left out, replaced or swapped with their neighbour. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
      }
    }
    return d[a.length()][b.length()];
  }

  private static int step(int[][] d, String a, String b, int i, int j) {
    int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int least = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
  }
}
