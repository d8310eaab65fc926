package io.fairlead.route;

/** A route in which the key decides which of several servers gets a request. */
public interface Choosing {
  /** The place of that server among them; negative when there is none. */
  int choice(byte[] key, int length);
}
