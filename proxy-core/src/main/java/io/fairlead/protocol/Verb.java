package io.fairlead.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The commands of the protocol, by the form of their line. */
@SuppressWarnings("ImmutableEnumChecker") // nobody writes to the bytes
public enum Verb {
  GET(Form.RETRIEVAL),
  GETS(Form.RETRIEVAL),
  GAT(Form.RETRIEVAL),
  GATS(Form.RETRIEVAL),
  SET(Form.STORAGE),
  ADD(Form.STORAGE),
  REPLACE(Form.STORAGE),
  APPEND(Form.STORAGE),
  PREPEND(Form.STORAGE),
  CAS(Form.STORAGE),
  INCR(Form.ARITHMETIC),
  DECR(Form.ARITHMETIC),
  TOUCH(Form.TOUCH),
  DELETE(Form.DELETE),
  MG(Form.META),
  MS(Form.META),
  MD(Form.META),
  MA(Form.META),
  ME(Form.META),
  MN(Form.LOCAL),
  VERSION(Form.LOCAL),
  VERBOSITY(Form.LOCAL),
  QUIT(Form.LOCAL),
  STATS(Form.LOCAL),
  FLUSH_ALL(Form.FLUSH),
  SHUTDOWN(Form.REFUSED),
  CACHE_MEMLIMIT(Form.REFUSED),
  SLABS(Form.REFUSED),
  LRU(Form.REFUSED),
  LRU_CRAWLER(Form.REFUSED),
  WATCH(Form.REFUSED),
  EXTSTORE(Form.REFUSED),
  REFRESH_CERTS(Form.REFUSED),
  MISBEHAVE(Form.REFUSED);

  /** How the rest of the line is read. */
  public enum Form {
    /** Keys, with an expiry first for gat. */
    RETRIEVAL,
    /** Key, numbers, and a value after the line. */
    STORAGE,
    ARITHMETIC,
    TOUCH,
    DELETE,
    /** Key, flags, and for ms a value after the line. */
    META,
    FLUSH,
    /** Answered by the proxy itself. */
    LOCAL,
    /** Administration of one server: not for clients of a proxy. */
    REFUSED
  }

  private static final Verb[][] BY_FIRST_LETTER = new Verb['z' + 1][];

  static {
    for (char letter = 'a'; letter <= 'z'; letter++) {
      char first = letter;
      BY_FIRST_LETTER[letter] =
          Arrays.stream(values()).filter(verb -> verb.word[0] == first).toArray(Verb[]::new);
    }
  }

  private final Form form;
  private final byte[] word;

  Verb(Form form) {
    this.form = form;
    this.word = name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }

  public Form form() {
    return form;
  }

  /** The command as it is written on the wire. Not to be changed by the caller. */
  public byte[] word() {
    return word;
  }

  /** Whether a value follows the line. */
  public boolean hasValue() {
    return form == Form.STORAGE || this == MS;
  }

  /** Whether the reply of a hit carries a cas unique. */
  public boolean returnsCas() {
    return this == GETS || this == GATS;
  }

  /** Whether an expiry time precedes the keys. */
  public boolean touches() {
    return this == GAT || this == GATS;
  }

  /** Whether a client that asked to be told only what it does not expect is not told this. */
  public boolean hidesWhenQuiet(ReplyCode code) {
    return switch (this) {
      case MG -> code == ReplyCode.EN;
      case MS, MD -> code == ReplyCode.HD;
      case MA -> code == ReplyCode.HD || code == ReplyCode.VA;
      case ME -> false;
      default -> true;
    };
  }

  /**
   * The verb written at a place of {@code in}, or null when it is none; commands are lower case.
   */
  static @Nullable Verb at(ByteBuf in, int from, int length) {
    int first = in.getByte(from);
    if (first < 'a' || first > 'z') {
      return null;
    }
    for (Verb verb : BY_FIRST_LETTER[first]) {
      if (verb.word.length == length && matches(verb.word, in, from)) {
        return verb;
      }
    }
    return null;
  }

  private static boolean matches(byte[] word, ByteBuf in, int from) {
    for (int i = 1; i < word.length; i++) {
      if (in.getByte(from + i) != word[i]) {
        return false;
      }
    }
    return true;
  }
}
