package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtlTest {
  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "5,5", "30,30", "31,30", "86400,30"})
  void answersAreTrueForOneTo30Seconds(long says, long isTrueFor) {
    assertThat(Ttl.within(Duration.ofSeconds(says), Ttl.LONGEST))
        .isEqualTo(Duration.ofSeconds(isTrueFor));
  }
}
