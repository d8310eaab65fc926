package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of docs/migrating-from-mcrouter.md that connect to nothing print what stands there.
 */
class MigrationPageIT {
  private static final Path PAGE =
      Path.of(System.getProperty("basedir", ".")).resolve("../docs/migrating-from-mcrouter.md");
  private static final Pattern FILE = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^\\$ fairlead ((?:check|explain|where) .*)\n((?:[^$`].*\n)+)");

  @TempDir private Path folder;

  @Test
  void commandsPrintWhatThePageSays() throws IOException {
    String page = Files.readString(PAGE);
    Matcher commands = COMMAND.matcher(page);
    List<String> seen = new ArrayList<>();
    while (commands.find()) {
      seen.add(commands.group(1).split(" ", 2)[0]);

      assertThat(run(commands.group(1), file(page))).isEqualTo(commands.group(2));
    }

    assertThat(seen).containsExactly("check", "explain", "where");
  }

  @Test
  void theFileIsValidForTheCommandLineOfMcrouter() throws IOException {
    Path path = Files.writeString(folder.resolve("mcrouter.json"), file(Files.readString(PAGE)));

    assertThat(Cli.run("mcrouter", "--validate-config", "-f", path.toString()).status()).isZero();
  }

  private static String file(String page) {
    Matcher file = FILE.matcher(page);
    assertThat(file.find()).isTrue();
    return file.group(1);
  }

  /** The file that is checked has the mistake that the page tells of. */
  private String run(String command, String file) throws IOException {
    boolean checks = command.startsWith("check");
    Path path = folder.resolve("mcrouter.json");
    Files.writeString(path, checks ? file.replace("failover_exptime", "fail_over_exptime") : file);
    Cli cli = Cli.run(command.replace("mcrouter.json", path.toString()).split(" ", -1));
    return (cli.out() + cli.err()).replace(folder + "/", "");
  }
}
