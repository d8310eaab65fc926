package io.fairlead;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packagesOf = ArchitectureTest.class,
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Architecture FAIRLEAD =
      new Architecture(ArchitectureTest.class.getPackageName());

  @ArchTest static final ArchRule packagesFormNoCycle = FAIRLEAD.packagesFormNoCycle();
  @ArchTest static final ArchRule dependenciesPointDown = FAIRLEAD.dependenciesPointDown();
  @ArchTest static final ArchRule everyPackageHasItsPlace = FAIRLEAD.everyPackageHasItsPlace();
  @ArchTest static final ArchRule policyIsPlainJava = FAIRLEAD.policyIsPlainJava();
  @ArchTest static final ArchRule requestPathNeverBlocks = FAIRLEAD.requestPathNeverBlocks();
  @ArchTest static final ArchRule onlyDatesGoByTheWallClock = FAIRLEAD.onlyDatesGoByTheWallClock();
  @ArchTest static final ArchRule onlyConfigKnowsYaml = FAIRLEAD.onlyConfigKnowsYaml();
  @ArchTest static final ArchRule packagesAreNullMarked = FAIRLEAD.packagesAreNullMarked();

  @ArchTest
  static final ArchRule frontendKnowsNoServerConnections =
      FAIRLEAD.frontendKnowsNoServerConnections();

  @ArchTest
  static final ArchRule onlyRuntimeKnowsTransports = FAIRLEAD.onlyRuntimeKnowsTransports();
}
