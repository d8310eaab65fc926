package io.fairlead.server.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FindingsReportTest {
  private static final List<Finding> FINDINGS =
      List.of(
          Finding.ok("java", "", "17.0.15"),
          Finding.warn("certificate", "/etc/a.pem", "is good until tomorrow"),
          Finding.fail("server", "main/a", "refuses \"connections\""));

  @Test
  void isALineForEachFinding() {
    assertThat(FindingsReport.text(FINDINGS, (level, word) -> word))
        .isEqualTo(
            """
            ok    java: 17.0.15
            warn  certificate /etc/a.pem: is good until tomorrow
            fail  server main/a: refuses "connections"
            """);
  }

  @Test
  void isAnObjectForEachFinding() {
    assertThat(FindingsReport.json(FINDINGS).lines())
        .hasSize(3)
        .last()
        .isEqualTo(
            "{\"level\":\"fail\",\"check\":\"server\",\"subject\":\"main/a\",\"text\":\"refuses"
                + " \\\"connections\\\"\"}");
  }
}
