package io.fairlead.frontend;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Replies that need no server. */
final class LocalReplies {
  static final byte[] OK = "OK\r\n".getBytes(US_ASCII);
  static final byte[] META_NOOP = "MN\r\n".getBytes(US_ASCII);
  static final byte[] STORED = "STORED\r\n".getBytes(US_ASCII);
  static final byte[] END = "END\r\n".getBytes(US_ASCII);

  static final byte[] NOT_FOUND = "NOT_FOUND\r\n".getBytes(US_ASCII);

  private LocalReplies() {}
}
