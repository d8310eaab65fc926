package io.fairlead.server.mcrouter;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A routing prefix, {@code /region/cluster/}. */
public record RoutePrefix(String region, String cluster) {
  private static final Pattern FORM = Pattern.compile("/?([^/]+)/([^/]+)/?");

  /** Reads a prefix, of which the slashes at its ends may be missing. */
  public static RoutePrefix parse(String option, String text) throws McrouterMistake {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw McrouterMistake.badValue(option, text, "/region/cluster/");
    }
    return new RoutePrefix(matcher.group(1), matcher.group(2));
  }

  @Override
  public String toString() {
    return "/" + region + "/" + cluster + "/";
  }
}
