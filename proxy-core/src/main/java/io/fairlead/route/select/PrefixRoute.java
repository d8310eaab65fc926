package io.fairlead.route.select;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.SelectingRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The longest prefix that a key begins with decides which child gets a request. */
final class PrefixRoute extends SelectingRoute {
  private final byte[][] prefixes;
  private final String[] names;
  private final Route[] children;
  private final Route otherwise;

  PrefixRoute(Map<String, Route> children, Route otherwise) {
    List<String> longestFirst = new ArrayList<>(children.keySet());
    longestFirst.sort(Comparator.comparingInt((String prefix) -> prefix.length()).reversed());
    this.names = longestFirst.toArray(String[]::new);
    this.prefixes =
        longestFirst.stream().map(prefix -> prefix.getBytes(UTF_8)).toArray(byte[][]::new);
    this.children = longestFirst.stream().map(children::get).toArray(Route[]::new);
    this.otherwise = otherwise;
  }

  @Override
  protected Route select(Operation operation, byte[] key, int length) {
    int index = index(key, length);
    return index < 0 ? otherwise : children[index];
  }

  /** The longest prefix of a key; -1 for none. */
  private int index(byte[] key, int length) {
    for (int i = 0; i < prefixes.length; i++) {
      byte[] prefix = prefixes[i];
      if (length >= prefix.length
          && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean uploads() {
    return otherwise.uploads() && Arrays.stream(children).allMatch(Route::uploads);
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("prefix-selector");
    Question question = outline.question();
    if (question != null) {
      below(outline, index(question.key(), question.key().length));
      return;
    }
    for (int i = 0; i < children.length; i++) {
      below(outline, i);
    }
    below(outline, -1);
  }

  private void below(Outline outline, int index) {
    if (index < 0) {
      outline.below("otherwise", otherwise);
    } else {
      outline.below(names[index], children[index]);
    }
  }
}
