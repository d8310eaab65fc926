package io.fairlead.model;

/** A request that was sent and whose reply has not been read. */
final class Asked {
  /** What kinds of replies there are. */
  enum Kind {
    /** Values, then END. */
    RETRIEVAL,
    /** STORED and so on. */
    STORE,
    /** A number or NOT_FOUND. */
    COUNT,
    DELETE,
    TOUCH,
    META_GET,
    META_STORE,
    META_DELETE,
    META_COUNT,
    /** Nothing comes: noreply. */
    SILENT,
    BARRIER
  }

  final Kind kind;
  final int[] keys;

  /** The step of a write; the opaque of a meta request. */
  final int step;

  /** Whether the value comes with a cas unique. */
  final boolean cas;

  /** A meta request that is told only what it does not expect. */
  final boolean quiet;

  Asked(Kind kind, int step, boolean cas, boolean quiet, int... keys) {
    this.kind = kind;
    this.step = step;
    this.cas = cas;
    this.quiet = quiet;
    this.keys = keys;
  }

  int key() {
    return keys[0];
  }

  boolean isWrite() {
    return switch (kind) {
      case STORE, DELETE, META_STORE, META_DELETE, SILENT -> true;
      default -> false;
    };
  }
}
