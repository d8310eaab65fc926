package io.fairlead.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.fairlead", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArchitectureTest {
  @ArchTest
  static final ArchRule onlyTheProcessKnowsItsCommandLineAndLog =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fairlead.server")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "ch.qos.logback..");

  @ArchTest
  static final ArchRule onlyTheAdminPortKnowsMicrometerAndHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fairlead.server.admin")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micrometer..", "io.prometheus..", "io.netty.handler.codec.http..");

  @ArchTest
  static final ArchRule adminPortDoesNotKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage("io.fairlead.server.admin")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.fairlead.server");

  /** All else goes by a clock that does not jump; the packages below have a rule of their own. */
  @ArchTest
  static final ArchRule onlyDatesThatAreShownGoByTheWallClock =
      noClasses()
          .that()
          .resideInAPackage("io.fairlead.server..")
          .and()
          .doNotHaveSimpleName("GeneralStats") // time and start of the process
          .and()
          .doNotHaveSimpleName("ConfigFacts") // when the configuration was read
          .and()
          .doNotHaveSimpleName("ConfigHistory")
          .and()
          .doNotHaveSimpleName("ConfigStatus")
          .and()
          .doNotHaveSimpleName("McrouterIntrospection")
          .and()
          .doNotHaveSimpleName("TwemproxyStats") // time of the statistics
          .and()
          .doNotHaveSimpleName("Overview") // likewise
          .and()
          .doNotHaveSimpleName("ConfigCopies") // against the date of a file
          .and()
          .doNotHaveSimpleName("DoctorCommand") // against clocks of servers and dates of expiry
          .and()
          .doNotHaveSimpleName("WarmCommand") // dates of expiry
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(InstantSource.class, "system");
}
