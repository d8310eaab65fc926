package io.fairlead.testkit.cache;

import java.util.List;

/** The key and the flags of a meta command, read and checked before anything happens. */
final class MetaFlags {
  private static final int HIGHEST_LETTER = 126;
  private static final String KNOWN = "bcfhklqstuvCDFIJLMNOPRT";

  /** As they came; replies return some of them in this order. */
  final List<String> tokens;

  /** Decoded if it came as base64. */
  String key;

  boolean binaryKey;
  boolean quiet;
  boolean wantsValue;
  boolean keepsPlace;
  boolean vivifies;
  boolean marksStale;
  boolean hasCas;
  boolean hasTtl;

  /** Whether the access is noted after the reply was made, and not before. */
  boolean bumpsLate;

  long cas;
  long expiry;
  long vivifyExpiry;
  long recacheBefore;
  long initial;
  long delta = 1;
  int clientFlags;

  /** 0 when none was given. */
  char mode;

  private final Cache cache;
  private boolean failed;
  private String error = CommandError.BAD_FORMAT;

  private MetaFlags(Cache cache, String key, List<String> tokens) {
    this.cache = cache;
    this.key = key;
    this.tokens = tokens;
  }

  static MetaFlags parse(Cache cache, String key, List<String> tokens) {
    MetaFlags flags = new MetaFlags(cache, key, tokens);
    flags.readAll();
    return flags;
  }

  private void readAll() {
    boolean[] seen = new boolean[HIGHEST_LETTER + 1];
    for (String token : tokens) {
      char letter = token.charAt(0);
      if (letter > HIGHEST_LETTER || seen[letter]) {
        throw new CommandError("CLIENT_ERROR duplicate flag");
      }
      if (KNOWN.indexOf(letter) < 0) {
        throw new CommandError("CLIENT_ERROR invalid flag");
      }
      seen[letter] = true;
      read(letter, token.substring(1));
    }
    if (failed) {
      throw new CommandError(error);
    }
  }

  /** Reads one flag; a bad argument is an error that does not keep memcached from reading on. */
  private void read(char letter, String argument) {
    try {
      readChecked(letter, argument);
    } catch (CommandError e) {
      failed = true;
      if (letter != 'F') { // memcached has no text of its own for this one
        error = e.reply();
      }
    }
  }

  private void readChecked(char letter, String argument) {
    bumpsLate |= "NTRhl".indexOf(letter) >= 0;
    switch (letter) {
      case 'b' -> decodeKey();
      case 'N' -> {
        vivifies = true;
        vivifyExpiry = expiry(argument);
      }
      case 'T' -> {
        hasTtl = true;
        expiry = expiry(argument);
      }
      case 'R' -> recacheBefore = expiry(argument);
      case 'C' -> {
        hasCas = true;
        cas = Numbers.unsigned(argument, CommandError.BAD_TOKEN);
      }
      case 'F' -> clientFlags = (int) Numbers.unsigned(argument, error);
      case 'M' -> readMode(argument);
      case 'J' ->
          initial = Numbers.unsigned(argument, "CLIENT_ERROR invalid numeric initial value");
      case 'D' -> delta = Numbers.unsigned(argument, "CLIENT_ERROR invalid numeric delta value");
      case 'I' -> marksStale = true;
      case 'v' -> wantsValue = true;
      case 'u' -> keepsPlace = true;
      case 'q' -> quiet = true;
      default -> {
        // nothing to prepare
      }
    }
  }

  private long expiry(String argument) {
    return cache.expiryFrom(Numbers.signed(argument, CommandError.BAD_TOKEN));
  }

  private void readMode(String argument) {
    if (argument.length() != 1) {
      throw new CommandError("CLIENT_ERROR incorrect length for M token");
    }
    mode = argument.charAt(0);
  }

  private void decodeKey() {
    binaryKey = true;
    key = BinaryKeys.decode(key);
  }
}
