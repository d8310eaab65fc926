package io.fairlead.benchmarks.report;

import java.util.Locale;

/** Every figure of every slice as JSON, for those who want to compute something else. */
public final class JsonReport {
  private JsonReport() {}

  /** The whole document. */
  public static String of(Slices slices, String machine, String reference) {
    StringBuilder json = new StringBuilder(4096);
    json.append("{\"machine\":").append(quoted(machine));
    json.append(",\"reference\":").append(quoted(reference)).append(",\"slices\":[");
    String separator = "\n";
    for (Slice slice : slices.all()) {
      json.append(separator);
      put(json, slice);
      separator = ",\n";
    }
    return json.append("\n]}\n").toString();
  }

  private static void put(StringBuilder json, Slice slice) {
    json.append("{\"scenario\":").append(quoted(slice.scenario().name()));
    String pacing = slice.pacing().name().toLowerCase(Locale.ROOT);
    json.append(",\"pacing\":").append(quoted(pacing));
    json.append(",\"peer\":").append(quoted(slice.peer()));
    json.append(",\"session\":").append(slice.session());
    json.append(",\"round\":").append(slice.round());
    json.append(",\"seconds\":").append(number(slice.measured().seconds()));
    json.append(",\"requests\":").append(slice.measured().requests());
    for (Figure figure : Figure.values()) {
      json.append(',').append(quoted(figure.label())).append(':');
      json.append(number(figure.of(slice)));
    }
    json.append(",\"wrong\":").append(slice.measured().wrong());
    json.append(",\"misses\":").append(slice.measured().misses());
    json.append(",\"errors\":").append(slice.measured().errors());
    json.append(",\"problem\":").append(quoted(slice.measured().problem())).append('}');
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "null";
  }

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
