package io.fairlead.server.report;

import io.fairlead.config.ConfigWriter;
import io.fairlead.config.Dialect;
import io.fairlead.config.KeyPlaces;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.NutcrackerChanges;
import io.fairlead.mcrouter.McrouterChanges;
import java.nio.file.Path;
import java.util.List;

/** Settings as a file of our own, with what its reader should know at the top. */
public final class ConvertedFile {
  private ConvertedFile() {}

  public static String text(Path source, LoadedConfig loaded) {
    StringBuilder text = new StringBuilder();
    text.append(comment("Converted from " + source.getFileName() + " by fairlead convert."));
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
