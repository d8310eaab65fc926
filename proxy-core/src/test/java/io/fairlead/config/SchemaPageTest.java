package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * docs/configuration-keys.md is what the schema says. After a change of the schema write it anew:
 * {@code mvn test -pl proxy-core -Dtest=SchemaPageTest -Dfairlead.write=true}.
 */
class SchemaPageTest {
  private static final Path PAGE = Documents.REFERENCE.resolveSibling("configuration-keys.md");

  @Test
  void pageIsMadeFromTheSchema() throws IOException {
    String made = SchemaPage.of(schema());
    if (Boolean.getBoolean("fairlead.write")) {
      Files.writeString(PAGE, made);
    }

    assertThat(Documents.read(PAGE)).isEqualTo(made);
  }

  @Test
  void everyKeyOfTheSchemaSaysWhatItIs() {
    assertThat(SchemaPage.withoutMeaning(schema())).isEmpty();
  }

  private static Map<String, Object> schema() {
    return new Yaml(new SafeConstructor(new LoaderOptions()))
        .load(Documents.read(Documents.SCHEMA));
  }
}
