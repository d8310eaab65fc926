package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.Counter;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A million replies to gets that may be shared, over all cases. */
class SharedGetsProperties {
  private static final int CHECKS = 250_000;

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final ResourceLeakDetector.Level leakDetection = ResourceLeakDetector.getLevel();

  /** It takes ten times as long as all the rest; the loop knows whether buffers are left. */
  @BeforeEach
  void looksForNoLeaks() {
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
  }

  @AfterEach
  void looksForLeaksAgain() {
    ResourceLeakDetector.setLevel(leakDetection);
  }

  @ParameterizedTest(name = "seed {0}, {1} connections")
  @CsvSource({"1,1", "2,1", "3,2", "4,3"})
  void aGetTellsWhatWasTrueWhenItWasAskedOrLater(long seed, int connections) {
    SharedGetsModel model = new SharedGetsModel(loop, connections, seed);

    model.run(CHECKS);

    long shared = model.server().count(Counter.SHARED_KEYS);
    System.out.printf("SHARED GETS: seed %d, %d of %d shared%n", seed, shared, CHECKS);
    assertThat(shared).isGreaterThan(CHECKS / 10);
  }
}
