package io.fairlead.runtime;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Listening sockets that this process was given by the one before it, by what they are for. */
public final class GivenSockets implements AutoCloseable {
  static final int NONE = -1;

  private final List<HeldSocket> left = new ArrayList<>();

  /** For a process that has none before it. */
  public GivenSockets() {}

  void add(HeldSocket socket) {
    left.add(socket);
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /** The descriptor of a socket, which the caller has to close from now on; {@link #NONE}. */
  int take(String name) {
    for (Iterator<HeldSocket> each = left.iterator(); each.hasNext(); ) {
      HeldSocket given = each.next();
      if (given.name().equals(name)) {
        each.remove();
        return given.descriptor();
      }
    }
    return NONE;
  }

  /** Closes those that nobody has taken. */
  @Override
  public void close() {
    for (HeldSocket given : left) {
      try {
        Descriptors.close(given.descriptor());
      } catch (IOException e) {
        // It is not to be used, and whether it could be closed makes no difference.
      }
    }
    left.clear();
  }
}
