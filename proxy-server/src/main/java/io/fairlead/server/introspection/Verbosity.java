package io.fairlead.server.introspection;

/** How much is logged, as a number: 0 and 1 for the usual, 2 for more, from 3 on for everything. */
public interface Verbosity {
  int level();

  void level(int level);
}
