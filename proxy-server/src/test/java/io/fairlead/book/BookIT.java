package io.fairlead.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of the pages print what the pages say. */
class BookIT {
  @TempDir private static Path programs;

  @BeforeAll
  static void install() throws IOException {
    Path launcher = BookPage.REPOSITORY.resolve("fairlead");
    Files.createSymbolicLink(programs.resolve("fairlead"), launcher);
    script("memcached", "exec /usr/bin/memcached -u nobody -U 0 \"$@\""); // which root must say
  }

  private static void script(String name, String line) throws IOException {
    Path script = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + line + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  static List<BookPage> pages() throws IOException {
    return BookPage.withCommands();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void commandsPrintWhatThePageSays(BookPage page, @TempDir Path folder)
      throws IOException, InterruptedException {
    assumeThat(Reader.isPossible()).as("a network of its own (as root, on Linux)").isTrue();
    List<String> wrong = new ArrayList<>();
    try (Reader reader = new Reader(folder, programs)) {
      for (Step step : page.steps()) {
        String complaint = reader.follow(step);
        if (!complaint.isEmpty()) {
          wrong.add(complaint);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }
}
