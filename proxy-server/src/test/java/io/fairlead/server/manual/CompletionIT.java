package io.fairlead.server.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.server.Cli;
import io.fairlead.server.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts in the shells that read them. */
class CompletionIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "'', 1, serve doctor bench warm completion man",
    "be, 1, bench",
    "bench --mul, 2, --multiget",
    "where --conf, 2, --config",
    "warm --from a --dry, 4, --dry-run",
    "top --pl, 2, --plain",
  })
  void completesCommandsAndOptionsInBash(String typed, int word, String expected)
      throws IOException, InterruptedException {
    Path script = folder.resolve("fairlead.bash");
    Files.writeString(script, Cli.run("completion", "bash").out());
    Path test = folder.resolve("test.bash");
    Files.writeString(
        test,
        String.join(
            "\n",
            "set -e",
            "compopt() { :; }", // which works only while a shell completes
            "source " + script,
            "COMP_WORDS=(fairlead " + (typed.isEmpty() ? "''" : typed) + ")",
            "COMP_CWORD=" + word,
            "COMP_LINE=\"${COMP_WORDS[*]}\"",
            "COMP_POINT=${#COMP_LINE}",
            "_complete_fairlead",
            "echo \"${COMPREPLY[*]}\"",
            ""));

    Launcher.Result result = Launcher.run("bash", folder, Map.of(), test.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.out().strip().split("\\s+")).contains(expected.split(" "));
  }

  @Test
  void isRightForZsh() throws IOException, InterruptedException {
    String script = Cli.run("completion", "zsh").out();
    assertThat(script).startsWith("autoload -U +X compinit && compinit").contains("bashcompinit");
    if (!isInstalled("zsh")) {
      return;
    }
    Path file = Files.writeString(folder.resolve("fairlead.zsh"), script);

    Launcher.Result result = Launcher.run("zsh", folder, Map.of(), "-n", file.toString());

    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
  }

  /** Typed into an interactive shell, with the tabulator key; control X shows the line then. */
  @ParameterizedTest
  @CsvSource({
    "fairlead ser, fairlead serve",
    "fairlead serve --li, fairlead serve --listen",
    "fairlead bench --mul, fairlead bench --multiget",
  })
  void completesWhatIsTypedInZsh(String typed, String completed)
      throws IOException, InterruptedException {
    assumeThat(isInstalled("zsh")).as("zsh is installed").isTrue();
    Path script = folder.resolve("fairlead.zsh");
    Files.writeString(script, Cli.run("completion", "zsh").out());
    Path test = folder.resolve("test.zsh");
    Files.writeString(
        test,
        String.join(
            "\n",
            "zmodload zsh/zpty",
            "zpty -b shell zsh -f -i",
            "await() {",
            "  local seen= piece",
            "  for i in {1..200}; do",
            "    while zpty -r -t shell piece; do seen+=$piece; done",
            "    [[ $seen == *$1* ]] && return",
            "    sleep 0.05",
            "  done",
            "  print -r -- \"never saw $1 in: $seen\"",
            "  exit 1",
            "}",
            "zpty -w shell 'fairlead() { : }'",
            "zpty -w shell 'show() { BUFFER=\"print -r -- LINE=${(q)${(q)BUFFER}}\"; zle"
                + " accept-line }'",
            "zpty -w shell 'zle -N show; bindkey \"^X\" show; source "
                + script
                + "; print -r -- RE\"\"ADY'",
            "await READY",
            "zpty -n -w shell $'" + typed + "\\t\\C-x'",
            "await 'LINE=" + completed.replace(" ", "\\ ") + "'",
            ""));

    Launcher.Result result =
        Launcher.run(
            "zsh",
            folder,
            Map.of("HOME", folder.toString(), "TERM", "dumb"),
            "-f",
            test.toString());

    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isZero();
  }

  @Test
  void pagesOfTheManualAreRight() throws IOException, InterruptedException {
    Cli written = Cli.run("man", "--output", folder.toString());
    assertThat(written.status()).isZero();
    try (var pages = Files.newDirectoryStream(folder, "*.1")) {
      for (Path page : pages) {
        assertThat(page).content().contains(".SH SYNOPSIS", "\\-\\-help");
        if (!isInstalled("man")) {
          continue;
        }
        Launcher.Result shown =
            Launcher.run(
                "man",
                folder,
                Map.of("MANWIDTH", "80", "LC_ALL", "C.UTF-8"),
                "--warnings",
                "-l",
                page.toString());
        assertThat(shown.err()).as(page.toString()).isEmpty();
        assertThat(shown.out()).contains("SYNOPSIS").contains("--help");
      }
    }
  }

  private static boolean isInstalled(String program) {
    return Files.isExecutable(Path.of("/usr/bin", program));
  }
}
