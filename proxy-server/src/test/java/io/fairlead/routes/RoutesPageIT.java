package io.fairlead.routes;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.fairlead.config.ConfigLoader;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.SpoolAnswersSettings;
import io.fairlead.faults.Servers;
import io.fairlead.it.LeakCheck;
import io.fairlead.routes.RoutesPage.Section;
import io.fairlead.runtime.Proxy;
import io.fairlead.server.mcrouter.McrouterMistake;
import io.fairlead.testkit.RawClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/routes.md do what is written there, before real servers. */
@ExtendWith(LeakCheck.class)
class RoutesPageIT {
  /** To be changed with the page, so that no route loses its section. */
  private static final int SECTIONS = 39;

  /** Those that depend on the machine have none. */
  private static final int SECTIONS_WITH_YAML = SECTIONS - 2;

  /** Put before examples in YAML, which have no ports of their own. */
  private static final String BY_ITSELF = "listeners: ['127.0.0.1:0']\nadmin: false\n";

  private static final int SERVERS = 4;
  @RegisterExtension static final Servers servers = new Servers(SERVERS);

  @TempDir private Path folder;

  static List<Section> sections() {
    return RoutesPage.sections();
  }

  @ParameterizedTest
  @MethodSource("sections")
  void theExampleForMcrouterDoesWhatItSays(Section section) throws Exception {
    play(section, mcrouter(onlyBlock(section, "json")));
  }

  static List<Section> sectionsWithYaml() {
    return sections().stream().filter(section -> !section.blocks("yaml").isEmpty()).toList();
  }

  @ParameterizedTest
  @MethodSource("sectionsWithYaml")
  void theExampleInYamlDoesTheSame(Section section) throws Exception {
    String yaml = McrouterProxy.here(onlyBlock(section, "yaml"), servers.ports());

    play(section, ConfigLoader.parse(BY_ITSELF + yaml, section + ".yaml"));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everySectionHasAPictureAndOneExample(Section section) {
    assertThat(section.blocks("text")).as("a picture").hasSize(1);
    assertThat(section.blocks("json")).hasSize(1);
    assertThat(section.blocks("memcached")).hasSize(1);
    assertThat(section.text()).contains("| reads |", "**Failures:**");
  }

  @Test
  void everyKindOfRouteHasASection() throws Exception {
    Set<String> shown = new HashSet<>();
    for (Section section : sections()) {
      mcrouter(onlyBlock(section, "json")).routes().forEach(tree -> collect(tree.root(), shown));
    }

    assertThat(shown).isEqualTo(kinds());
    assertThat(sections()).hasSize(SECTIONS);
    assertThat(sectionsWithYaml()).hasSize(SECTIONS_WITH_YAML);
  }

  private static void collect(RouteSettings route, Set<String> kinds) {
    kinds.add(route.getClass().getSimpleName());
    route.children().forEach(child -> collect(child, kinds));
  }

  /** All but what stands around pools only when mcrouter's way is asked for. */
  private static Set<String> kinds() {
    return new ClassFileImporter()
            .importPackages(RouteSettings.class.getPackageName())
            .that(
                assignableTo(RouteSettings.class)
                    .and(DescribedPredicate.not(JavaClass.Predicates.INTERFACES)))
            .stream()
            .map(JavaClass::getSimpleName)
            .filter(kind -> !kind.equals(SpoolAnswersSettings.class.getSimpleName()))
            .collect(Collectors.toSet());
  }

  private void play(Section section, ProxySettings settings) throws IOException {
    try (Proxy proxy = Proxy.start(settings);
        RawClient client = RawClient.connect(proxy.addresses().get(0))) {
      int replies = new Transcript(servers, client).play(onlyBlock(section, "memcached"));

      assertThat(replies).isPositive();
    }
  }

  private static String onlyBlock(Section section, String language) {
    List<String> blocks = section.blocks(language);
    assertThat(blocks).as(section.title() + ": " + language).hasSize(1);
    return blocks.get(0);
  }

  private ProxySettings mcrouter(String json) throws McrouterMistake {
    return McrouterProxy.settings(json, servers.ports(), folder);
  }
}
