package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

/** What must hold of any file that was read. */
final class FuzzedFile {
  private static final String NAME = "f.yaml";

  private FuzzedFile() {}

  /**
   * Reads a file that is meant to be in that dialect; when it is, and is good, what was read can be
   * written and read again.
   */
  static void readOrRefused(byte[] content, Dialect dialect) {
    try {
      LoadedConfig loaded = ConfigLoader.read(content, NAME, LoadOptions.NONE);
      if (dialect == Dialect.FAIRLEAD && loaded.dialect() == dialect) {
        assertThat(ConfigLoader.parse(ConfigWriter.render(loaded.settings()), NAME))
            .isEqualTo(loaded.settings());
      }
    } catch (ConfigException e) {
      assertThat(e.problems()).isNotEmpty().allSatisfy(FuzzedFile::hasItsPlace);
    }
  }

  private static void hasItsPlace(Problem problem) {
    assertThat(problem.line()).isPositive();
    assertThat(problem.column()).isPositive();
    assertThat(problem.toString().chars()).noneMatch(c -> c < ' ');
  }
}
