package io.fairlead.server.nutcracker;

/** A command line that nutcracker would not follow, in its words. */
final class NutcrackerMistake extends Exception {
  private static final long serialVersionUID = 1;

  NutcrackerMistake(String message) {
    super(message);
  }
}
