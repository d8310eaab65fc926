package io.fairlead.config;

import org.jspecify.annotations.Nullable;

/** Reads whether, and how, hot keys are found. */
final class HotKeyReader {
  private static final String EXPECTED =
      "true, false, or a map with keys, show, as in {keys: 50, show: hash}";

  private HotKeyReader() {}

  static @Nullable HotKeySettings read(ConfigValue value) {
    if (value.isMap()) {
      return value.map(EXPECTED, HotKeyReader::readMap);
    }
    String text = value.unquoted();
    if ("true".equals(text)) {
      return HotKeySettings.DEFAULT;
    }
    return "false".equals(text) ? HotKeySettings.OFF : value.refuse(EXPECTED);
  }

  private static HotKeySettings readMap(MappingReader map) {
    HotKeySettings defaults = HotKeySettings.DEFAULT;
    return new HotKeySettings(
        true,
        map.optional("keys", defaults.keys(), ValueKind.wholeNumber(1, HotKeySettings.MOST_KEYS)),
        map.optional("show", defaults.show(), ValueKind.oneOf(HotKeySettings.Show.class)));
  }
}
