package io.fairlead;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house, for the packages below {@code root}: the real ones, or a few that break
 * each rule and so show that it can fail.
 */
record Architecture(String root) {
  /**
   * Every package with those it may know. Lowest first; settings are data that anyone may read, but
   * what a lower package has no business with is left out although it lies below.
   */
  private static final Map<String, List<String>> MAY_KNOW =
      Map.ofEntries(
          layer("protocol"),
          layer("hashing"),
          layer("metrics"),
          layer("json"),
          layer("macro", "json", "hashing"),
          layer("config", "hashing", "protocol"),
          layer("mcrouter", "macro", "json", "config", "hashing", "protocol"),
          layer("dialect", "mcrouter", "macro", "json", "config"),
          layer("placement", "dialect", "config", "hashing", "protocol"),
          layer("hotkey", "config", "hashing"),
          layer("access", "config", "protocol"),
          layer("health", "config"),
          layer("spool", "metrics", "config"),
          layer("discovery", "json", "config"),
          layer("tls", "config"),
          layer("loop", "tls", "metrics", "config"),
          layer("backend", "loop", "spool", "protocol", "health", "metrics", "config"),
          layer(
              "route",
              "backend",
              "loop",
              "spool",
              "protocol",
              "hotkey",
              "hashing",
              "health",
              "metrics",
              "config"),
          layer(
              "frontend",
              "access",
              "route",
              "backend",
              "loop",
              "protocol",
              "health",
              "metrics",
              "config"),
          layer(
              "runtime",
              "access",
              "discovery",
              "frontend",
              "route",
              "backend",
              "loop",
              "tls",
              "spool",
              "protocol",
              "hotkey",
              "hashing",
              "health",
              "metrics",
              "config"));

  private static final Set<String> BLOCKING =
      Set.of("get", "join", "await", "awaitUninterruptibly", "sync", "syncUninterruptibly");

  /** What reads the time that people set, and why; all else goes by a clock that does not jump. */
  private static final Map<String, String> WALL_CLOCK =
      Map.of(
          "protocol.Expiry", "a date until which an item lives, as memcached has them",
          "route.select.SelectRoutes", "the dates of a migration",
          "spool.SteadyClock", "deletes are kept from one process to the next; read once",
          "frontend.stats.GeneralStats", "time in stats",
          "backend.Ejection", "a statistic: when it was ejected",
          "discovery.Feed", "a statistic: when it succeeded");

  private static final Pattern READS_WALL_CLOCK =
      Pattern.compile(
          "java\\.lang\\.System\\.currentTimeMillis\\(\\)"
              + "|java\\.time\\.\\w+\\.now\\((java\\.time\\.ZoneId)?\\)"
              + "|java\\.time\\.(Clock|InstantSource)\\.(system|tick)\\w*\\(.*"
              + "|java\\.util\\.Date\\.<init>\\(\\)"
              + "|java\\.util\\.Calendar\\.getInstance\\(.*");

  private static Map.Entry<String, List<String>> layer(String name, String... mayKnow) {
    return Map.entry(name, List.of(mayKnow));
  }

  ArchRule packagesFormNoCycle() {
    return slices().matching(root + ".(*)..").should().beFreeOfCycles();
  }

  ArchRule dependenciesPointDown() {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String layer : MAY_KNOW.keySet()) {
      layers = layers.layer(layer).definedBy(root + "." + layer + "..");
    }
    for (Map.Entry<String, List<String>> layer : MAY_KNOW.entrySet()) {
      String[] lower = layer.getValue().toArray(String[]::new);
      layers =
          lower.length == 0
              ? layers.whereLayer(layer.getKey()).mayNotAccessAnyLayer()
              : layers.whereLayer(layer.getKey()).mayOnlyAccessLayers(lower);
    }
    return layers;
  }

  /** A package that nobody thought of has no place in the order. */
  ArchRule everyPackageHasItsPlace() {
    return classes().should().resideInAnyPackage(packages(MAY_KNOW.keySet()));
  }

  /** It tells its route what to ask, and is told by exchanges; no server is in its hands. */
  ArchRule frontendKnowsNoServerConnections() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".frontend..")
        .should()
        .dependOnClassesThat(
            describe(
                "are servers or open connections to them",
                type ->
                    type.getPackageName().equals(root + ".backend")
                        && Set.of("Server", "ServerConnection", "Connector", "UploadPool", "Probe")
                            .contains(type.getSimpleName())));
  }

  ArchRule policyIsPlainJava() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            packages(
                Set.of(
                    "hashing",
                    "health",
                    "hotkey",
                    "config",
                    "json",
                    "macro",
                    "mcrouter",
                    "dialect",
                    "metrics",
                    "placement",
                    "spool")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..");
  }

  ArchRule requestPathNeverBlocks() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            packages(Set.of("protocol", "access", "loop", "backend", "route", "frontend")))
        .should()
        .callMethodWhere(describe("a blocking call", Architecture::blocks));
  }

  /** A clock that is set must not eject a server or end anybody's time. */
  ArchRule onlyDatesGoByTheWallClock() {
    return noClasses()
        .that(describe("mean no dates", type -> !WALL_CLOCK.containsKey(nameBelowRoot(type))))
        .should()
        .accessTargetWhere(
            describe(
                "the wall clock is read",
                access -> READS_WALL_CLOCK.matcher(access.getTarget().getFullName()).matches()));
  }

  private String nameBelowRoot(JavaClass type) {
    return type.getName().substring(Math.min(type.getName().length(), root.length() + 1));
  }

  ArchRule onlyConfigKnowsYaml() {
    return onlyIn("config", "org.yaml..");
  }

  ArchRule onlyRuntimeKnowsTransports() {
    return onlyIn(
        "runtime",
        "io.netty.channel.epoll..",
        "io.netty.channel.unix..",
        "io.netty.channel.nio..",
        "io.netty.channel.socket.nio..");
  }

  ArchRule packagesAreNullMarked() {
    return classes().should(new ResideInANullMarkedPackage());
  }

  private ArchRule onlyIn(String owner, String... thirdParty) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + "." + owner + "..")
        .should()
        .dependOnClassesThat(resideInAny(thirdParty));
  }

  private static DescribedPredicate<JavaClass> resideInAny(String... packages) {
    return JavaClass.Predicates.resideInAnyPackage(packages);
  }

  private String[] packages(Set<String> names) {
    return names.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
  }

  private static boolean blocks(JavaCall<?> call) {
    JavaClass owner = call.getTargetOwner();
    boolean sleeps = owner.isEquivalentTo(Thread.class) && call.getName().equals("sleep");
    return sleeps || (owner.isAssignableTo(Future.class) && BLOCKING.contains(call.getName()));
  }

  private static final class ResideInANullMarkedPackage extends ArchCondition<JavaClass> {
    ResideInANullMarkedPackage() {
      super("reside in a package whose package-info says @NullMarked");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
      events.add(
          new SimpleConditionEvent(
              type, marked, type.getName() + (marked ? " is" : " is not") + " null-marked"));
    }
  }
}
