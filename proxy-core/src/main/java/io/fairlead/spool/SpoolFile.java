package io.fairlead.spool;

import io.fairlead.config.Address;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of the spool, and what of it each server has still to be told. */
final class SpoolFile {
  private final Path path;
  private final String name;
  private final Map<Address, Share> shares = new LinkedHashMap<>();
  private long size;
  private long newestMillis;
  private long pending;

  /** A writer appends to it. */
  boolean isGrowing;

  /** It holds lines that were not understood, so that it is not ours to remove. */
  boolean isOdd;

  /** It is no longer there. */
  boolean isGone;

  SpoolFile(Path directory, Path path) {
    this.path = path;
    this.name = directory.relativize(path).toString();
  }

  /** What one server has to be told. */
  static final class Share {
    /** Deletes that are left. */
    long pending;

    /** Where in the file the first of them may begin. */
    long from;

    /** Whether the server's backlog has the file in its list. */
    boolean isListed;
  }

  Path path() {
    return path;
  }

  /** Its path in the directory of the spool. */
  String name() {
    return name;
  }

  /** Bytes of whole lines. */
  long size() {
    return size;
  }

  void grow(long bytes) {
    size += bytes;
  }

  long newestMillis() {
    return newestMillis;
  }

  long pending() {
    return pending;
  }

  Share share(Address server) {
    return shares.computeIfAbsent(server, s -> new Share());
  }

  Collection<Map.Entry<Address, Share>> shares() {
    return shares.entrySet();
  }

  void added(Share share, long millis) {
    share.pending++;
    pending++;
    newestMillis = Math.max(newestMillis, millis);
  }

  void settled(Share share, long count) {
    share.pending -= count;
    pending -= count;
    assert share.pending >= 0;
  }
}
