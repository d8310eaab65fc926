package io.fairlead.server.report;

import io.fairlead.config.ConfigWriter;
import io.fairlead.config.Dialect;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.NutcrackerChanges;
import io.fairlead.config.NutcrackerExport;
import io.fairlead.mcrouter.McrouterChanges;
import java.nio.file.Path;
import java.util.List;

/** Settings as a file, with what its reader should know at the top. */
public final class ConvertedFile {
  private ConvertedFile() {}

  /** As a file of our own. */
  public static String text(Path source, LoadedConfig loaded) {
    StringBuilder text = new StringBuilder(title(source));
    if (loaded.dialect() == Dialect.NUTCRACKER) {
      text.append(
          list(
              "Keys are placed as before. What will be different:",
              NutcrackerChanges.of(loaded.settings(), KeyPlaces.read(source))));
    }
    if (loaded.dialect() == Dialect.MCROUTER) {
      text.append(
          list(
              "Keys are placed as before. What will be different:",
              McrouterChanges.of(loaded.settings())));
    }
    text.append(list("Look at these:", loaded.warnings()));
    return text.append('\n').append(ConfigWriter.render(loaded.settings())).toString();
  }

  /** As a nutcracker.yml. */
  public static String text(Path source, NutcrackerExport export) {
    KeyPlaces places = KeyPlaces.of(export.yaml(), "nutcracker.yml");
    return title(source)
        + list(
            "Keys are placed as before. What will be different:",
            NutcrackerChanges.of(export.carried(), places))
        + list("What this form has no words for, and is lost:", export.lost())
        + "\n"
        + export.yaml();
  }

  private static String title(Path source) {
    return comment("Converted from " + source.getFileName() + " by fairlead convert.");
  }

  private static String list(String heading, List<?> items) {
    StringBuilder text = new StringBuilder();
    if (!items.isEmpty()) {
      text.append("#\n").append(comment(heading));
    }
    items.forEach(item -> text.append(comment("- " + item)));
    return text.toString();
  }

  /** One line, whatever the text contains: a file may have any name. */
  private static String comment(String text) {
    return "# " + text.replaceAll("\\p{Cntrl}", "?") + "\n";
  }
}
