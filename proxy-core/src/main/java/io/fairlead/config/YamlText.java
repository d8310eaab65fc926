package io.fairlead.config;

import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Turns text into the nodes of one YAML document, or reports the first place where it is none.
 *
 * <p>The events are looked at before the nodes are built, because the builder recurses: what it
 * would choke on (nesting, tags, thousands of aliases) is refused here, with its position. Nothing
 * is constructed from the nodes but our own settings, so no tag can name a class.
 */
final class YamlText {
  static final int LONGEST_TEXT = 4 << 20;

  private static final int DEEPEST_NESTING = 20;
  private static final int MOST_ALIASES = 100;

  private final Problems problems;
  private int documents;
  private int depth;
  private int aliases;

  private YamlText(Problems problems) {
    this.problems = problems;
  }

  /** The root of the document; null when a problem was reported instead. */
  static @Nullable Node compose(String text, Problems problems) {
    if (text.length() > LONGEST_TEXT) {
      problems.refuse(1, 1, text.length() + " characters", "at most " + LONGEST_TEXT);
      return null;
    }
    return new YamlText(problems).read(YamlTabs.withoutSeparating(text, options()));
  }

  private @Nullable Node read(String text) {
    try {
      for (Event event : new Yaml(options()).parse(new StringReader(text))) {
        if (isRefused(event)) {
          return null;
        }
      }
      Node root = new Yaml(options()).compose(new StringReader(text));
      if (root == null) {
        problems.refuse(1, 1, "an empty file", "a map with pools");
      }
      return root;
    } catch (ReaderException e) {
      int line = 1 + (int) text.codePoints().limit(e.getPosition()).filter(c -> c == '\n').count();
      problems.refuse(line, column(text, e.getPosition()), character(e.getCodePoint()), "text");
    } catch (MarkedYAMLException e) {
      onSyntaxError(e);
    } catch (YAMLException e) {
      problems.refuse(1, 1, QuotedText.shorten(String.valueOf(e.getMessage())), "valid YAML");
    }
    return null;
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST_TEXT);
    options.setMaxAliasesForCollections(MOST_ALIASES);
    options.setNestingDepthLimit(DEEPEST_NESTING);
    return options;
  }

  private boolean isRefused(Event event) {
    Mark at = event.getStartMark();
    if (event instanceof DocumentStartEvent && ++documents > 1) {
      return refuse(at, "a second document", "one document in a file");
    }
    if (event instanceof AliasEvent && ++aliases > MOST_ALIASES) {
      return refuse(at, "one more alias", "at most " + MOST_ALIASES + " aliases");
    }
    if (event instanceof CollectionEndEvent) {
      depth--;
    }
    if (event instanceof CollectionStartEvent start) {
      return ++depth > DEEPEST_NESTING
          ? refuse(at, "one more level", "at most " + DEEPEST_NESTING + " levels of nesting")
          : isTagRefused(start.getTag(), at);
    }
    return event instanceof ScalarEvent scalar && isTagRefused(scalar.getTag(), at);
  }

  private boolean isTagRefused(@Nullable String tag, Mark at) {
    if (tag == null) {
      return false;
    }
    String shown = tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
    return refuse(at, "the tag " + QuotedText.shorten(shown), "a value without a tag");
  }

  private boolean refuse(Mark at, String value, String expected) {
    problems.refuse(at, "", value, expected, null);
    return true;
  }

  private void onSyntaxError(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem()).replaceFirst(" \\(Do not use.*", "");
    Mark at = isAtEnd(problem) ? e.getContextMark() : e.getProblemMark();
    if (at == null) {
      at = e.getProblemMark();
    }
    if (problem.contains("(TAB)")) {
      refuse(at, "a tab", "spaces, as YAML is not indented with tabs");
      return;
    }
    String hint =
        problem.endsWith("found ':'") ? "an address that starts with [ needs quotes" : null;
    problems.refuse(at, "", QuotedText.shorten(problem), "valid YAML", hint);
  }

  /** Something is left open: where it begins says more than where the file ends. */
  private static boolean isAtEnd(String problem) {
    return problem.endsWith("end of stream") || problem.endsWith("<stream end>");
  }

  private static int column(String text, int position) {
    int offset = text.offsetByCodePoints(0, position);
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    return 1 + text.codePointCount(lineStart, offset);
  }

  private static String character(int codePoint) {
    return String.format("the character U+%04X", codePoint);
  }
}
