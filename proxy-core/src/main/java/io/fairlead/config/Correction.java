package io.fairlead.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is done better than mcrouter does it, unless somebody wants it done as mcrouter does; each
 * for itself, by the words of {@code --as-mcrouter}.
 */
public enum Correction {
  /** That a key was touched on one server does not hide that another one failed. */
  TOUCHED,
  /** A delete that a server could not be told of goes on to the next one. */
  DELETES,
  /** What a cold cache gets from a warm one keeps the time that it has left. */
  WARM_UP,
  /** An operation without a policy gets an error that says so, and a warning at the start. */
  OPERATIONS;

  /** What a list may hold, for messages. */
  public static final String EXPECTED =
      Arrays.stream(values()).map(Correction::word).collect(Collectors.joining(", "))
          + ", several with commas between them, or all";

  private static final String ALL = "all";

  /** The word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Those of a list with commas, in which {@code all} stands for all of them; none of an empty
   * text.
   *
   * @throws IllegalArgumentException for a word that is none; its message is that word
   */
  public static Set<Correction> list(String text) {
    Set<Correction> listed = EnumSet.noneOf(Correction.class);
    for (String each : text.isBlank() ? new String[0] : text.split(",", -1)) {
      String word = each.strip();
      if (word.equals(ALL)) {
        Collections.addAll(listed, values());
      } else {
        listed.add(named(word));
      }
    }
    return listed;
  }

  private static Correction named(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word));
  }
}
