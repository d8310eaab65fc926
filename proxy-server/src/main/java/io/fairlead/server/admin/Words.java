package io.fairlead.server.admin;

import java.util.Locale;

/** How constants of the code are called on the pages. */
final class Words {
  private Words() {}

  /** In lower case. */
  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
