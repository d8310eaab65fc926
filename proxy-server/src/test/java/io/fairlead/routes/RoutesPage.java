package io.fairlead.routes;

import static java.util.regex.Pattern.DOTALL;
import static java.util.regex.Pattern.MULTILINE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** docs/routes.md, in which every route has a section with an example that can be played. */
final class RoutesPage {
  private static final Path FILE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/routes.md");
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\w+)\\n(.*?)^```$", DOTALL | MULTILINE);

  private RoutesPage() {}

  /** What stands under the heading of one route. */
  record Section(String title, String text) {
    /** The contents of the code blocks of a language. */
    List<String> blocks(String language) {
      List<String> blocks = new ArrayList<>();
      Matcher matcher = BLOCK.matcher(text);
      while (matcher.find()) {
        if (matcher.group(1).equals(language)) {
          blocks.add(matcher.group(2));
        }
      }
      return blocks;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /** The sections of the routes; what stands before them is about the page. */
  static List<Section> sections() {
    try {
      return Stream.of(Files.readString(FILE).split("(?m)^### ", -1))
          .skip(1)
          .map(text -> text.split("\n", 2))
          .map(parts -> new Section(parts[0], parts[1].split("(?m)^## ", 2)[0]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
