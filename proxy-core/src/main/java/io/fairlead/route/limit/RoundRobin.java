package io.fairlead.route.limit;

import io.fairlead.loop.Fifo;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What waits, in a queue for each lane; the lanes take turns. */
final class RoundRobin<T> {
  private final IntObjectMap<Lane<T>> lanes = new IntObjectHashMap<>();
  private final Fifo<Lane<T>> turns = new Fifo<>();
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(int number, T element) {
    Lane<T> lane = lanes.get(number);
    if (lane == null) {
      lane = new Lane<>(number);
      lanes.put(number, lane);
      turns.add(lane);
    }
    lane.queue.add(element);
    size++;
  }

  /** Removes the first element of the lane whose turn it is; there must be one. */
  T remove() {
    Lane<T> lane = turns.remove();
    size--;
    T element = lane.queue.remove();
    goOn(lane);
    return element;
  }

  /** Removes from the head of each lane those that are meant. */
  List<T> removeFirst(Predicate<T> meant) {
    List<T> removed = new ArrayList<>();
    for (int left = turns.size(); left > 0; left--) {
      Lane<T> lane = turns.remove();
      for (T head = lane.queue.peek(); head != null && meant.test(head); head = lane.queue.peek()) {
        removed.add(lane.queue.remove());
        size--;
      }
      goOn(lane);
    }
    return removed;
  }

  private void goOn(Lane<T> lane) {
    if (lane.queue.isEmpty()) {
      lanes.remove(lane.number);
    } else {
      turns.add(lane);
    }
  }

  /** The queue of one lane. */
  private static final class Lane<T> {
    final int number;
    final Fifo<T> queue = new Fifo<>();

    Lane(int number) {
      this.number = number;
    }
  }
}
