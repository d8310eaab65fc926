package io.fairlead.hotkey;

import io.fairlead.hashing.KeyHash;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Counts keys in bounded memory, such that those which come often are surely among those it has.
 *
 * <p>This is Space-Saving (Metwally, Agrawal, El Abbadi 2005) with weights: a key that has no slot
 * takes the one with the least count, adds to that count, and remembers it as what may be wrong
 * with its own. A key whose part of the total is more than one by the number of slots always has
 * one.
 */
final class KeySummary {
  /*
   * The slots lie in a heap, the least count first, and in chains by the hash of their key. Keys are
   * copied into arrays that grow to the longest key each slot has seen, so nothing is allocated
   * after a while. All counts can be scaled at once, which changes neither heap nor chains.
   */

  private static final int NONE = -1;
  private static final int KEY_STEP = 32;

  private final byte[][] keys;
  private final int[] lengths;
  private final int[] hashes;
  private final double[] counts;
  private final double[] errors;
  private final int[] heads;
  private final int[] nexts;

  /** Slots by count, and where each is among them. */
  private final int[] heap;

  private final int[] places;
  private int size;

  /**
   * @param slots a power of two
   */
  KeySummary(int slots) {
    keys = new byte[slots][];
    Arrays.fill(keys, new byte[0]);
    lengths = new int[slots];
    hashes = new int[slots];
    counts = new double[slots];
    errors = new double[slots];
    heads = new int[2 * slots];
    Arrays.fill(heads, NONE);
    nexts = new int[slots];
    heap = new int[slots];
    places = new int[slots];
  }

  /** Counts a key. */
  void add(byte[] key, int length, double weight) {
    int hash = KeyHash.FNV1A_64.hash(key, 0, length);
    int slot = find(hash, key, length);
    if (slot == NONE) {
      slot = size < heap.length ? unused() : takeLeast();
      put(slot, hash, key, length);
    }
    counts[slot] += weight;
    sink(places[slot]);
  }

  private int find(int hash, byte[] key, int length) {
    int slot = heads[chain(hash)];
    while (slot != NONE && !isIn(slot, hash, key, length)) {
      slot = nexts[slot];
    }
    return slot;
  }

  private int chain(int hash) {
    return hash & (heads.length - 1);
  }

  private boolean isIn(int slot, int hash, byte[] key, int length) {
    return hashes[slot] == hash && Arrays.equals(keys[slot], 0, lengths[slot], key, 0, length);
  }

  /** A slot without a count, at the end of the heap; the next add moves it up or not at all. */
  private int unused() {
    int slot = size++;
    heap[slot] = slot;
    places[slot] = slot;
    rise(slot);
    return slot;
  }

  private int takeLeast() {
    int slot = heap[0];
    errors[slot] = counts[slot];
    int chain = chain(hashes[slot]);
    if (heads[chain] == slot) {
      heads[chain] = nexts[slot];
      return slot;
    }
    int before = heads[chain];
    while (nexts[before] != slot) {
      before = nexts[before];
    }
    nexts[before] = nexts[slot];
    return slot;
  }

  private void put(int slot, int hash, byte[] key, int length) {
    if (length > keys[slot].length) {
      keys[slot] = new byte[(length + KEY_STEP - 1) / KEY_STEP * KEY_STEP];
    }
    System.arraycopy(key, 0, keys[slot], 0, length);
    lengths[slot] = length;
    hashes[slot] = hash;
    int chain = chain(hash);
    nexts[slot] = heads[chain];
    heads[chain] = slot;
  }

  /** Moves what is at a place of the heap towards its leaves, as its count has grown. */
  private void sink(int from) {
    int slot = heap[from];
    int at = from;
    int child = 2 * at + 1;
    while (child < size) {
      if (child + 1 < size && counts[heap[child + 1]] < counts[heap[child]]) {
        child++;
      }
      if (counts[heap[child]] >= counts[slot]) {
        break;
      }
      place(heap[child], at);
      at = child;
      child = 2 * at + 1;
    }
    place(slot, at);
  }

  /** Moves what is at a place of the heap towards its root, as its count is small. */
  private void rise(int from) {
    int slot = heap[from];
    int at = from;
    while (at > 0 && counts[heap[(at - 1) / 2]] > counts[slot]) {
      place(heap[(at - 1) / 2], at);
      at = (at - 1) / 2;
    }
    place(slot, at);
  }

  private void place(int slot, int at) {
    heap[at] = slot;
    places[slot] = at;
  }

  /** Makes all counts, and what may be wrong with them, so many times as large. */
  void scale(double factor) {
    for (int slot = 0; slot < size; slot++) {
      counts[slot] *= factor;
      errors[slot] *= factor;
    }
  }

  void forEachSlot(IntConsumer consumer) {
    for (int slot = 0; slot < size; slot++) {
      consumer.accept(slot);
    }
  }

  /** A copy of the key in a slot. */
  byte[] key(int slot) {
    return Arrays.copyOf(keys[slot], lengths[slot]);
  }

  /** What was counted for the key in a slot, or more, by {@link #error} at most. */
  double count(int slot) {
    return counts[slot];
  }

  double error(int slot) {
    return errors[slot];
  }
}
