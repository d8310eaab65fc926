package io.fairlead.loop;

/**
 * How much is read from a socket at once. What is read and cannot be parsed at once has to be kept,
 * so that as little is read as does well.
 */
public enum ReadSize {
  /** While the loop has all the work it can take. */
  LITTLE(4 << 10, 1),
  /** Requests. */
  LINES(16 << 10, 2),
  /** Values, of which large pieces are passed on as they are. */
  VALUES(256 << 10, 4);

  final int bytes;

  /** Buffers of this size that a loop keeps. */
  final int kept;

  ReadSize(int bytes, int kept) {
    this.bytes = bytes;
    this.kept = kept;
  }
}
