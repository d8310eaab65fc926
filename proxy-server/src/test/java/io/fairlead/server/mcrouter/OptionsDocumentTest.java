package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chapter of the options says what the table says, in its order. */
class OptionsDocumentTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/mcrouter-options.md");

  @Test
  void theDocumentIsTheTable() throws IOException {
    List<String> written =
        Files.readString(DOCUMENT)
            .lines()
            .filter(line -> line.startsWith("## ") || line.startsWith("| `-"))
            .filter(line -> !line.startsWith("## How"))
            .toList();

    assertThat(written).isEqualTo(expected());
  }

  private static List<String> expected() {
    List<String> lines = new ArrayList<>();
    String part = "";
    for (McrouterOption option : OptionTable.load().all()) {
      if (option.words().isEmpty()) {
        continue;
      }
      if (!part.equals(option.part())) {
        part = option.part();
        lines.add("## " + part);
      }
      lines.add(row(option));
    }
    return lines;
  }

  private static String row(McrouterOption option) {
    List<String> spellings = new ArrayList<>();
    if (!option.letter().isEmpty()) {
      spellings.add("`-" + option.letter() + "`");
    }
    option.words().forEach(word -> spellings.add("`--" + word + "`"));
    return "| %s | %s | %s | %s | %s |"
        .formatted(
            String.join(", ", spellings),
            kind(option),
            option.initial().isEmpty() ? "" : "`" + option.initial() + "`",
            option.fate().word(),
            option.remark());
  }

  private static String kind(McrouterOption option) {
    return switch (option.kind()) {
      case NOTHING -> "";
      case TOGGLE -> "toggle";
      case NUMBER -> "number";
      case THREADS -> "number, `auto`";
      case TEXT -> "text";
      case OPTIONAL -> "`exit`, `run`";
    };
  }
}
