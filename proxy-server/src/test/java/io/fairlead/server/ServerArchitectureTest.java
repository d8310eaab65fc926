package io.fairlead.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
}
