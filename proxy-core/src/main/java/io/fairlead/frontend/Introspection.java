package io.fairlead.frontend;

/**
 * Answers a client's questions about the proxy itself: keys that begin with a certain word, and the
 * {@code stats} command. Called on the client's event loop, which it must not keep waiting.
 */
public interface Introspection {
  /** The value of a key; every key that begins with {@code __mcrouter__.} has one. */
  byte[] value(String key);

  /**
   * The whole reply to a stats command.
   *
   * @param arguments what follows the command, without spaces around it
   */
  byte[] stats(String arguments);
}
