package io.fairlead.frontend;

import io.fairlead.backend.FailureLines;
import io.fairlead.config.PoolSettings.ArithmeticFailure;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.config.ReplySettings;

/**
 * What the clients of a listener are told when servers fail.
 *
 * @param errorsHideHits whether one failed key makes the whole retrieval an error
 * @param errorsAreMisses whether a key whose server fails counts as one that is not there
 * @param arithmeticErrorsAreMisses whether an incr or decr whose server fails is answered as if
 *     there were no such counter
 */
record ReplyPolicy(
    boolean errorsHideHits,
    boolean errorsAreMisses,
    boolean arithmeticErrorsAreMisses,
    FailureLines lines) {
  static ReplyPolicy of(ReplySettings replies) {
    return new ReplyPolicy(
        replies.multigetFailure() == MultigetFailure.ERROR,
        replies.multigetFailure() == MultigetFailure.MISS,
        replies.arithmeticFailure() == ArithmeticFailure.MISS,
        new FailureLines(replies.errorText()));
  }

  /** Whether a get of several keys that was refused is answered with the line that refused it. */
  boolean showsRefusals() {
    return lines.showsRefusals();
  }

  /** Whether clients are told the same of every error, also of those that servers answer. */
  boolean groupsErrors() {
    return lines.areGrouped();
  }
}
