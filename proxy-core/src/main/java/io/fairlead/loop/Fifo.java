package io.fairlead.loop;

import org.jspecify.annotations.Nullable;

/**
 * A queue in a growing ring of a power-of-two size; allocates nothing once it has grown to its
 * usual size.
 *
 * <p>Every element has a sequence number, from 0 for the first one ever added, so that a position
 * can be remembered while elements come and go.
 */
public final class Fifo<T> {
  private static final int INITIAL = 8;
  private static final int LARGEST_KEPT = 1024;

  private final int largestKept;
  private @Nullable Object[] ring = new Object[INITIAL];
  private long head;
  private long tail;

  /** One that rarely has more than a thousand elements. */
  public Fifo() {
    this(LARGEST_KEPT);
  }

  /**
   * @param largestKept the room that it keeps when it is empty
   */
  public Fifo(int largestKept) {
    this.largestKept = largestKept;
  }

  public void add(T element) {
    if (tail - head == ring.length) {
      grow();
    }
    ring[(int) tail & (ring.length - 1)] = element;
    tail++;
  }

  /** The oldest element, or null when there is none. */
  public @Nullable T peek() {
    return head == tail ? null : at(head);
  }

  /** Removes the oldest element; there must be one. */
  public T remove() {
    T element = get(head);
    ring[(int) head & (ring.length - 1)] = null;
    head++;
    if (head == tail && ring.length > largestKept) {
      ring = new Object[INITIAL]; // a rare crowd must not cost memory for ever
    }
    return element;
  }

  /** The element with a sequence number from {@link #head()} to below {@link #tail()}. */
  public T get(long sequence) {
    T element = at(sequence);
    assert element != null : "nothing at " + sequence + " of " + head + ".." + tail;
    return element;
  }

  /** The sequence number of the oldest element. */
  public long head() {
    return head;
  }

  /** The sequence number that the next element will have. */
  public long tail() {
    return tail;
  }

  public int size() {
    return (int) (tail - head);
  }

  public boolean isEmpty() {
    return head == tail;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // only add() puts elements in, and only as T
  private T at(long sequence) {
    return (T) ring[(int) sequence & (ring.length - 1)];
  }

  private void grow() {
    Object[] larger = new Object[ring.length * 2];
    for (long i = head; i < tail; i++) {
      larger[(int) i & (larger.length - 1)] = at(i);
    }
    ring = larger;
  }
}
