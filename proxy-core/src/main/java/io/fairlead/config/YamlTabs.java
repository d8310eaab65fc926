package io.fairlead.config;

import java.io.StringReader;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;

/**
 * Puts spaces in the place of tabs that separate, as in {@code hash:<tab>md5}. YAML and libyaml
 * allow them and SnakeYAML does not; those in the indentation nobody allows, and those in a quoted
 * text are part of it.
 */
final class YamlTabs {
  private final StringBuilder text;
  private final LoaderOptions options;

  private YamlTabs(String text, LoaderOptions options) {
    this.text = new StringBuilder(text);
    this.options = options;
  }

  /** The text with spaces for the tabs that SnakeYAML stumbles over; positions stay as they are. */
  static String withoutSeparating(String text, LoaderOptions options) {
    if (text.indexOf('\t') < 0) {
      return text;
    }
    YamlTabs tabs = new YamlTabs(text, options);
    while (tabs.replaceNext()) {
      // each time, those where the scanner stops
    }
    return tabs.text.toString();
  }

  /** Whether there was one to replace. */
  private boolean replaceNext() {
    try {
      for (Event event : new Yaml(options).parse(new StringReader(text.toString()))) {
        assert event != null : "the scanner makes nothing of nothing";
      }
    } catch (MarkedYAMLException e) {
      Mark at = e.getProblemMark();
      return at != null && replaceFrom(text.offsetByCodePoints(0, at.getIndex()));
    } catch (YAMLException e) {
      return false; // reported by who reads it in earnest
    }
    return false;
  }

  private boolean replaceFrom(int position) {
    if (position >= text.length() || text.charAt(position) != '\t' || isIndentation(position)) {
      return false;
    }
    for (int i = position; i < text.length() && " \t".indexOf(text.charAt(i)) >= 0; i++) {
      text.setCharAt(i, ' ');
    }
    return true;
  }

  private boolean isIndentation(int position) {
    int i = position - 1;
    while (i >= 0 && " \t".indexOf(text.charAt(i)) >= 0) {
      i--;
    }
    return i < 0 || "\r\n".indexOf(text.charAt(i)) >= 0;
  }
}
