package io.fairlead.server.doctor;

import io.fairlead.server.doctor.Finding.Level;
import io.fairlead.server.report.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Writes findings, a line each. */
public final class FindingsReport {
  private FindingsReport() {}

  /**
   * For people.
   *
   * @param paint gives a word, of a width of its own, the colour of its level
   */
  public static String text(List<Finding> findings, BiFunction<Level, String, String> paint) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String level = String.format(Locale.ROOT, "%-4s", word(finding.level()));
      String subject = finding.subject().isEmpty() ? "" : " " + finding.subject();
      text.append(paint.apply(finding.level(), level))
          .append("  ")
          .append(finding.check())
          .append(subject)
          .append(": ")
          .append(finding.text())
          .append('\n');
    }
    return text.toString();
  }

  /** For programs: an object on a line for each. */
  public static String json(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("level", word(finding.level()));
      members.put("check", finding.check());
      members.put("subject", finding.subject());
      members.put("text", finding.text());
      text.append(Json.write(members)).append('\n');
    }
    return text.toString();
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
