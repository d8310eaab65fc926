package io.fairlead.runtime;

import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Listening sockets that this process was given by the one before it, by what they are for. */
public final class GivenSockets implements AutoCloseable {
  static final int NONE = -1;

  private final List<Given> left = new ArrayList<>();

  private record Given(String name, int descriptor) {}

  /** For a process that has none before it. */
  public GivenSockets() {}

  void add(String name, int descriptor) {
    left.add(new Given(name, descriptor));
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  /** The descriptor of a socket, which the caller has to close from now on; {@link #NONE}. */
  int take(String name) {
    for (Iterator<Given> each = left.iterator(); each.hasNext(); ) {
      Given given = each.next();
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
    for (Given given : left) {
      try {
        new FileDescriptor(given.descriptor()).close();
      } catch (IOException e) {
        // It is not to be used, and whether it could be closed makes no difference.
      }
    }
    left.clear();
  }
}
