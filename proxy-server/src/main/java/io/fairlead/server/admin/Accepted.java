package io.fairlead.server.admin;

/** Reads an {@code Accept} header: how much its sender likes a form (RFC 9110, section 12.5.1). */
final class Accepted {
  private Accepted() {}

  /** From 0 for not at all to 1; a form that is named counts as it says, else as its group does. */
  static double weight(String header, String type) {
    double best = 0;
    int mostSpecific = -1;
    for (String range : header.split(",", -1)) {
      String[] parts = range.split(";", -1);
      int specific = specificity(parts[0].strip(), type);
      if (specific > mostSpecific) {
        mostSpecific = specific;
        best = quality(parts);
      }
    }
    return best;
  }

  /** How exactly a range names a form; negative when it does not. */
  private static int specificity(String range, String type) {
    if (range.equalsIgnoreCase(type)) {
      return 2;
    }
    String group = type.substring(0, type.indexOf('/')) + "/*";
    if (range.equalsIgnoreCase(group)) {
      return 1;
    }
    return range.equals("*/*") ? 0 : -1;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        return number(parameter.substring(2));
      }
    }
    return 1;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
