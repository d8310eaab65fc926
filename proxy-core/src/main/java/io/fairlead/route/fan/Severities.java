package io.fairlead.route.fan;

import io.fairlead.protocol.Result;

/** Which of two results is the worse one. */
enum Severities {
  USUAL,
  /** A touched key is the worst of all: mcrouter's list of severities has no entry for it. */
  OF_MCROUTER;

  private static final int WORST = Integer.MAX_VALUE;

  int of(Result result) {
    return this == OF_MCROUTER && result == Result.TOUCHED ? WORST : result.severity();
  }
}
