package io.fairlead.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Requests that were sent, and reply bytes to feed to a checker in pieces. */
final class Conversation {
  static final long DUE = 1_000;
  static final long NOW = 5_000;

  private final Keyspace keyspace;
  private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
  private final Outstanding outstanding = new Outstanding(64);
  private final Tally tally = new Tally();
  private final ReplyChecker checker;

  Conversation(Keyspace keyspace) {
    this.keyspace = keyspace;
    checker = new ReplyChecker(keyspace, outstanding, tally);
    tally.startCounting(0);
  }

  Conversation get(int first, int keys) {
    outstanding.add(DUE, first, keys);
    return this;
  }

  Conversation set(int key) {
    outstanding.add(DUE, key, Outstanding.SET);
    return this;
  }

  Conversation value(int key) {
    byte[] value = valueOf(key);
    return text("VALUE " + keyOf(key) + " 0 " + value.length + "\r\n").bytes(value).text("\r\n");
  }

  Conversation text(String reply) {
    return bytes(reply.getBytes(StandardCharsets.ISO_8859_1));
  }

  Conversation bytes(byte[] reply) {
    replies.writeBytes(reply);
    return this;
  }

  int replyBytes() {
    return replies.size();
  }

  byte[] allReplies() {
    return replies.toByteArray();
  }

  /** Feeds the replies up to {@code cut}, then the rest. */
  Tally splitAt(int cut) {
    byte[] all = replies.toByteArray();
    checker.accept(ByteBuffer.wrap(all, 0, cut), NOW);
    checker.accept(ByteBuffer.wrap(all, cut, all.length - cut), NOW);
    return tally;
  }

  Tally inPiecesOf(int size) {
    byte[] all = replies.toByteArray();
    for (int from = 0; from < all.length; from += size) {
      checker.accept(ByteBuffer.wrap(all, from, Math.min(size, all.length - from)), NOW);
    }
    return tally;
  }

  int unanswered() {
    return outstanding.size();
  }

  String keyOf(int key) {
    ByteBuffer request = ByteBuffer.allocate(64);
    keyspace.putGet(request, key, 1);
    return new String(request.array(), 4, Keyspace.KEY_BYTES, StandardCharsets.US_ASCII);
  }

  byte[] valueOf(int key) {
    ByteBuffer request = ByteBuffer.allocate(keyspace.requestBytes(1));
    keyspace.putSet(request, key);
    int end = request.position() - 2;
    return Arrays.copyOfRange(request.array(), end - keyspace.valueBytes(), end);
  }
}
