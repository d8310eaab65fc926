package io.fairlead.discovery;

import java.util.Comparator;

/**
 * Names in the order in which people count: {@code cache-2} before {@code cache-10}. Where the
 * place in the list says which keys a server has, one more at the end then moves the fewest.
 */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int endA = endOfPart(a, i);
      int endB = endOfPart(b, j);
      int order = compareParts(a.substring(i, endA), b.substring(j, endB));
      if (order != 0) {
        return order;
      }
      i = endA;
      j = endB;
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  /** A part is a number, or one character. */
  private static int endOfPart(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return Math.max(end, from + 1);
  }

  private static int compareParts(String a, String b) {
    if (!isDigit(a.charAt(0)) || !isDigit(b.charAt(0))) {
      return a.compareTo(b);
    }
    String left = withoutZeros(a);
    String right = withoutZeros(b);
    int digits = Integer.compare(left.length(), right.length());
    return digits != 0 ? digits : left.compareTo(right);
  }

  private static String withoutZeros(String digits) {
    int from = 0;
    while (from < digits.length() - 1 && digits.charAt(from) == '0') {
      from++;
    }
    return digits.substring(from);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
