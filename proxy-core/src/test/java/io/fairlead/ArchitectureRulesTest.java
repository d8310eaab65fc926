package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail protects nothing: each one finds what is misplaced on purpose. */
class ArchitectureRulesTest {
  private static final String ROOT = ArchitectureRulesTest.class.getPackageName() + ".misplaced";
  private static final Architecture MISPLACED = new Architecture(ROOT);
  private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(ROOT);

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(MISPLACED.packagesFormNoCycle(), List.of("Server", "KnowsServers")),
        Arguments.of(MISPLACED.dependenciesPointDown(), List.of("KnowsServers", "KnowsTheRuntime")),
        Arguments.of(MISPLACED.everyPackageHasItsPlace(), List.of("Homeless")),
        Arguments.of(MISPLACED.frontendKnowsNoServerConnections(), List.of("HoldsAServer")),
        Arguments.of(MISPLACED.policyIsPlainJava(), List.of("KnowsBuffers")),
        Arguments.of(MISPLACED.requestPathNeverBlocks(), List.of("Server.sleeps", "Server.waits")),
        Arguments.of(
            MISPLACED.onlyDatesGoByTheWallClock(),
            List.of("Server.asks", "Server.refers", "Server.makes", "Server.takes")),
        Arguments.of(MISPLACED.onlyConfigKnowsYaml(), List.of("ReadsYaml")),
        Arguments.of(MISPLACED.onlyRuntimeKnowsTransports(), List.of("Server.chooses")),
        Arguments.of(MISPLACED.packagesAreNullMarked(), List.of("Homeless")));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void findsWhatBreaksTheRule(ArchRule rule, List<String> culprits) {
    String report = rule.evaluate(CLASSES).getFailureReport().toString();

    assertThat(report).contains(culprits);
  }

  @Test
  void allowsWhatPointsDown() {
    String report =
        MISPLACED.dependenciesPointDown().evaluate(CLASSES).getFailureReport().toString();

    assertThat(report).doesNotContain("HoldsAServer");
  }
}
