package io.fairlead;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * A source of randomness whose seed is told when a test fails. Repeat the failure with {@code
 * -Dtest.seed=} and the printed number.
 */
public final class Seeded implements TestExecutionExceptionHandler {
  private final long seed = Long.getLong("test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  public Random random() {
    return random;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    throw new AssertionError("-Dtest.seed=" + seed, failure);
  }
}
