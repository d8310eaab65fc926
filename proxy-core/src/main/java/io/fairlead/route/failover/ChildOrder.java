package io.fairlead.route.failover;

import java.util.Arrays;

/** In which order the children of a failover are asked. */
abstract class ChildOrder {
  /** No child but the first one has been asked. */
  static final int NONE = 0;

  private final String label;

  /**
   * @param label what an outline calls it
   */
  ChildOrder(String label) {
    this.label = label;
  }

  final String label() {
    return label;
  }

  /** Whether not every key is asked of the first child first. */
  boolean dependsOnKey() {
    return false;
  }

  /** The child that is asked first about the key in the first {@code length} bytes. */
  int first(byte[] key, int length) {
    return 0;
  }

  /**
   * The children that are asked when the first one has failed, one after the other. Not to be
   * changed by the caller.
   *
   * @param tried the child that the first one stood for, so that it is not asked again; {@link
   *     #NONE} for none
   */
  abstract int[] others(byte[] key, int length, int tried);

  /** The same children without one of them. */
  static int[] without(int tried, int[] children) {
    return tried == NONE
        ? children
        : Arrays.stream(children).filter(child -> child != tried).toArray();
  }

  /** How many replies may be errors, apart from those of ejected servers, before one is passed. */
  int mostErrorTries() {
    return Integer.MAX_VALUE;
  }

  /** A child has answered with an error. */
  void failed(int child) {}

  /** A child has served a request. */
  void served(int child) {}
}
