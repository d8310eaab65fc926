package io.fairlead.config;

import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;

/**
 * What the clients of a pool or of a tree of routes are told when servers fail.
 *
 * @param multigetFailure what a retrieval answers
 * @param arithmeticFailure what an incr or decr answers
 * @param errorText the words of an error
 */
public record ReplySettings(
    MultigetFailure multigetFailure, ArithmeticFailure arithmeticFailure, ErrorText errorText) {
  public static final ReplySettings DEFAULT =
      new ReplySettings(MultigetFailure.PARTIAL, ErrorText.NATIVE);

  /** With errors for arithmetic. */
  public ReplySettings(MultigetFailure multigetFailure, ErrorText errorText) {
    this(multigetFailure, ArithmeticFailure.ERROR, errorText);
  }
}
