package io.fairlead.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

@AnalyzeClasses(packages = "io.fairlead", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArchitectureTest {
  private static final String ROOT = "io.fairlead.server";

  @ArchTest
  static final ArchRule packagesFormNoCycle =
      slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

  /** It ties all together; what several packages need is in one below them. */
  @ArchTest
  static final ArchRule nobodyKnowsTheEntryPoint =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT);

  @ArchTest
  static final ArchRule onlyCommandsKnowTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".command", ROOT + ".manual", ROOT + ".serve")
          .and()
          .haveNameNotMatching(".*(Command|Options?)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule onlyTheProcessKnowsItsLog =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROOT, ROOT + ".log", ROOT + ".nutcracker") // for its levels
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ch.qos.logback..");

  @ArchTest
  static final ArchRule onlyTheAdminPortKnowsMicrometerAndHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".admin")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.micrometer..", "io.prometheus..", "io.netty.handler.codec.http..");

  @ArchTest
  static final ArchRule adminPortDoesNotKnowTheCommandLine =
      noClasses()
          .that()
          .resideInAPackage(ROOT + ".admin")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".command");

  /** All else goes by a clock that does not jump; the packages below have a rule of their own. */
  @ArchTest
  static final ArchRule onlyDatesThatAreShownGoByTheWallClock =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "..")
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
