package io.fairlead.server.mcrouter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every option of mcrouter, by its spellings and by its name. */
final class OptionTable {
  private final List<McrouterOption> all;
  private final Map<String, McrouterOption> byWord = new HashMap<>();
  private final Map<String, McrouterOption> byLetter = new HashMap<>();
  private final Map<String, McrouterOption> byName = new HashMap<>();

  private OptionTable(List<McrouterOption> all) {
    this.all = all;
    for (McrouterOption option : all) {
      option.words().forEach(word -> byWord.put(word, option));
      if (!option.letter().isEmpty()) {
        byLetter.put(option.letter(), option);
      }
      byName.putIfAbsent(option.name(), option);
    }
  }

  static OptionTable load() {
    try (InputStream in = OptionTable.class.getResourceAsStream("options.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return new OptionTable(
          text.lines().filter(line -> !line.startsWith("#")).map(McrouterOption::parse).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<McrouterOption> all() {
    return all;
  }

  /**
   * The option of a word, of which so much is enough as no other option begins with: getopt_long,
   * which mcrouter uses, sees it that way.
   */
  @Nullable McrouterOption byWord(String word) {
    McrouterOption exact = byWord.get(word);
    if (exact != null || word.isEmpty()) {
      return exact;
    }
    Set<McrouterOption> near = new HashSet<>();
    byWord.forEach(
        (candidate, option) -> {
          if (candidate.startsWith(word) && option.fate() != McrouterOption.Fate.GONE) {
            near.add(option);
          }
        });
    return near.size() == 1 ? near.iterator().next() : null;
  }

  @Nullable McrouterOption byLetter(char letter) {
    return byLetter.get(String.valueOf(letter));
  }

  /** The option of a name; that which a flavor file gives, where two set the same. */
  @Nullable McrouterOption byName(String name) {
    return byName.get(name);
  }
}
