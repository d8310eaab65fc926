package io.fairlead.model;

/** A client was told what it must never be told. */
final class WrongReply extends AssertionError {
  private static final long serialVersionUID = 1L;

  WrongReply(String what) {
    super(what);
  }
}
