package io.fairlead.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of one scrape in Prometheus' text form, taken apart. */
record Scrape(String text, Map<String, Family> families) {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * What has one type.
   *
   * @param labels the names of all labels, without {@code le}
   */
  record Family(String name, String type, Set<String> labels, List<Sample> samples) {}

  record Sample(String name, Map<String, String> labels, double value) {}

  static Scrape of(String text) {
    Map<String, Family> families = new LinkedHashMap<>();
    Family present = null;
    for (String line : text.lines().toList()) {
      Matcher type = TYPE.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (type.matches()) {
        present = new Family(type.group(1), type.group(2), new TreeSet<>(), new ArrayList<>());
        families.put(present.name(), present);
      } else if (present != null && sample.matches()) {
        Map<String, String> labels = labels(sample.group(2));
        present.samples().add(new Sample(sample.group(1), labels, value(sample.group(3))));
        labels.keySet().stream()
            .filter(label -> !label.equals("le"))
            .forEach(present.labels()::add);
      } else if (!line.startsWith("# HELP ") && !line.isBlank()) {
        throw new AssertionError("no line of Prometheus' text form: " + line);
      }
    }
    return new Scrape(text, families);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    Matcher matcher = LABEL.matcher(text == null ? "" : text);
    while (matcher.find()) {
      labels.put(matcher.group(1), matcher.group(2));
    }
    return labels;
  }

  private static double value(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }

  List<Sample> samples() {
    return families.values().stream().flatMap(family -> family.samples().stream()).toList();
  }

  /** The names of samples that begin so. */
  Set<String> names(String prefix) {
    Set<String> names = new TreeSet<>();
    samples().stream()
        .map(Sample::name)
        .filter(name -> name.startsWith(prefix))
        .forEach(names::add);
    return names;
  }

  /** The sum of all samples of that name. */
  double sum(String name) {
    return samples().stream()
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(Sample::value)
        .sum();
  }
}
