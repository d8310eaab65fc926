package io.fairlead.server.mcrouter;

import java.util.List;
import java.util.Locale;

/**
 * An option of some version of mcrouter, and what becomes of it here: a line of {@code
 * options.tsv}.
 *
 * @param part the heading it stands under
 * @param words its long spellings, without dashes; none when only a flavor file can give it
 * @param letter its short spelling; empty when it has none
 * @param name what it sets, as flavor files, macros and introspection call it; two options may set
 *     the same
 * @param initial the default; {@code 0} or {@code 1} for a toggle
 * @param least the smallest number it takes
 * @param remark what it does here, or why it does nothing: one sentence or two
 */
record McrouterOption(
    String part,
    List<String> words,
    String letter,
    String name,
    Kind kind,
    long least,
    Scope scope,
    String initial,
    Fate fate,
    String remark) {

  /** What follows an option. */
  enum Kind {
    /** Nothing, as behind {@code --help}. */
    NOTHING,
    /** Nothing, which turns the default around, or {@code =0} and {@code =1}. */
    TOGGLE,
    NUMBER,
    /** A number, or {@code auto} for that of the processors. */
    THREADS,
    TEXT,
    /** A word behind {@code =}, or nothing. */
    OPTIONAL;

    /** Whether the next argument belongs to it, when nothing is joined to it. */
    boolean takesNext() {
      return this == NUMBER || this == THREADS || this == TEXT;
    }
  }

  /** Whose the option is, which decides where mcrouter lists it. */
  enum Scope {
    /** Listed by introspection, and known to macros. */
    LIBRARY,
    /** Of the server around it. */
    STANDALONE,
    /** Of the command line alone: no flavor file can give it. */
    PROCESS
  }

  /** What becomes of it here. */
  enum Fate {
    HONOURED("Honoured"),
    NO_EFFECT("No effect"),
    GONE("Gone");

    private final String word;

    Fate(String word) {
      this.word = word;
    }

    /** As documents say it. */
    String word() {
      return word;
    }
  }

  McrouterOption {
    words = List.copyOf(words);
  }

  /** Reads a line: nine fields with tabs between them. */
  static McrouterOption parse(String line) {
    String[] field = line.split("\t", -1);
    if (field.length != 9) {
      throw new IllegalArgumentException(line);
    }
    String[] kind = field[4].split(" ", -1);
    return new McrouterOption(
        field[0],
        field[1].isEmpty() ? List.of() : List.of(field[1].split(",", -1)),
        field[2],
        field[3],
        Kind.valueOf(constant(kind[0])),
        kind.length > 1 ? Long.parseLong(kind[1]) : 0,
        Scope.valueOf(constant(field[5])),
        field[6],
        Fate.valueOf(constant(field[7])),
        field[8]);
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace(' ', '_');
  }

  /** The long spelling with its dashes, for messages; the name when it has none. */
  String spelling() {
    return words.isEmpty() ? name : "--" + words.get(0);
  }

  /** What it becomes when it is given without a value. */
  String flipped() {
    return initial.equals("1") ? "0" : "1";
  }
}
