package io.fairlead.testkit.cache;

import java.util.ArrayList;
import java.util.List;

/** The words of a command line. Only spaces separate; tabs and the like belong to words. */
record Command(List<String> words) {
  private static final int KEY_MAX_LENGTH = 250;

  static Command parse(String line) {
    List<String> words = new ArrayList<>();
    int end;
    for (int start = 0; start < line.length(); start = end + 1) {
      end = line.indexOf(' ', start);
      if (end < 0) {
        end = line.length();
      }
      if (end > start) {
        words.add(line.substring(start, end));
      }
    }
    return new Command(words);
  }

  String name() {
    return words.isEmpty() ? "" : words.get(0);
  }

  int size() {
    return words.size();
  }

  String word(int index) {
    return words.get(index);
  }

  String lastWord() {
    return words.get(words.size() - 1);
  }

  /** Everything from that word on. */
  List<String> from(int index) {
    return words.subList(Math.min(index, words.size()), words.size());
  }

  boolean isNoreply() {
    return lastWord().equals("noreply");
  }

  /** The key, which is the second word. */
  String key() {
    return checkedKey(words.get(1));
  }

  static String checkedKey(String key) {
    if (key.length() > KEY_MAX_LENGTH) {
      throw new CommandError(CommandError.BAD_FORMAT);
    }
    return key;
  }

  /** Fails as memcached does when words are missing or left over. */
  void checkSize(int least, int most) {
    if (words.size() < least || words.size() > most) {
      throw new CommandError("ERROR");
    }
  }
}
