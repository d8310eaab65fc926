package io.fairlead.server.report;

import io.fairlead.config.ConfigWriter;
import io.fairlead.config.LoadedConfig;
import io.fairlead.config.Problem;
import java.nio.file.Path;

/** Settings as a file of our own, with what its reader should know at the top. */
public final class ConvertedFile {
  private ConvertedFile() {}

  public static String text(Path source, LoadedConfig loaded) {
    StringBuilder text = new StringBuilder();
    text.append(comment("Converted from " + source.getFileName() + " by fairlead convert."));
    for (Problem warning : loaded.warnings()) {
      text.append(comment("- " + warning));
    }
    return text.append('\n').append(ConfigWriter.render(loaded.settings())).toString();
  }

  /** One line, whatever the text contains: a file may have any name. */
  private static String comment(String text) {
    return "# " + text.replaceAll("\\p{Cntrl}", "?") + "\n";
  }
}
