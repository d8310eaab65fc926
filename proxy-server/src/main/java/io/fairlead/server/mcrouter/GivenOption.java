package io.fairlead.server.mcrouter;

import org.jspecify.annotations.Nullable;

/**
 * An option with the value that was given to it.
 *
 * @param spelling how it was written, for messages
 * @param value what was given, without blanks around it; null for nothing
 */
record GivenOption(McrouterOption option, String spelling, @Nullable String value) {
  GivenOption(McrouterOption option, String spelling, @Nullable String value) {
    this.option = option;
    this.spelling = spelling;
    this.value = value == null ? null : value.trim();
  }
}
