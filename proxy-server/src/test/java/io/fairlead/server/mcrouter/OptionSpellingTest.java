package io.fairlead.server.mcrouter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.server.mcrouter.McrouterOption.Fate;
import io.fairlead.server.mcrouter.McrouterOption.Kind;
import io.fairlead.server.mcrouter.McrouterOption.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of the table in every form in which it can be written. */
class OptionSpellingTest {
  /** Some options for TLS are of use with files only, and each file with another. */
  private static final List<String> FILES =
      List.of(
          "--pem-cert-path=/c",
          "--pem-key-path=/k",
          "--server-pem-cert-path=/c",
          "--server-pem-key-path=/k");

  /** Texts that must have a certain form; any other may be anything. */
  private static String sample(McrouterOption option) {
    return switch (option.name()) {
      case "ports", "ssl_ports" -> "5001,5002";
      case "listen_addresses" -> "127.0.0.1,::1";
      case "introspection_from" -> "10.0.0.0/8,::1";
      case "default_route" -> "/a/b/";
      case "config_params" -> "a:1,b:2";
      case "as_mcrouter" -> "touched,warm-up";
      case "log_format" -> "json";
      default -> option.kind() == Kind.TEXT ? "some-text" : "77";
    };
  }

  private static List<McrouterOption> withValue() {
    return OptionTable.load().all().stream()
        .filter(option -> option.kind() == Kind.TEXT || option.kind() == Kind.NUMBER)
        .filter(option -> option.fate() != Fate.GONE && !option.words().isEmpty())
        .filter(option -> !Set.of("config", "config_str").contains(option.name()))
        .toList();
  }

  static List<Arguments> valueSpellings() {
    List<Arguments> spellings = new ArrayList<>();
    for (McrouterOption option : withValue()) {
      String value = sample(option);
      for (String word : option.words()) {
        spellings.add(Arguments.of(option, value, List.of("--" + word, value)));
        spellings.add(Arguments.of(option, value, List.of("--" + word + "=" + value)));
        spellings.add(Arguments.of(option, value, List.of("--" + word + "= " + value + " ")));
      }
      if (!option.letter().isEmpty()) {
        String letter = "-" + option.letter();
        spellings.add(Arguments.of(option, value, List.of(letter, value)));
        spellings.add(Arguments.of(option, value, List.of(letter + value)));
        spellings.add(Arguments.of(option, value, List.of(letter + " " + value)));
      }
    }
    return spellings;
  }

  @ParameterizedTest
  @MethodSource("valueSpellings")
  void takesAValueInEveryForm(McrouterOption option, String value, List<String> arguments)
      throws McrouterMistake {
    List<String> line = new ArrayList<>(option.part().equals("TLS") ? FILES : List.of());
    line.addAll(arguments);
    McrouterOptions options = Options.with(line.toArray(String[]::new));

    if (option.scope() == Scope.PROCESS) {
      assertThat(options.options()).doesNotContainKey("verbosity");
    } else {
      assertThat(options.startupOptions()).containsEntry(option.name(), value);
    }
    assertThat(options.warnings()).noneMatch(warning -> warning.contains("Unrecognized"));
    assertThat(options.warnings()).noneMatch(warning -> warning.contains("belongs to no option"));
  }

  static List<McrouterOption> toggles() {
    return OptionTable.load().all().stream()
        .filter(option -> option.kind() == Kind.TOGGLE)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("toggles")
  void aToggleTurnsItsDefaultAroundOrTakesAValue(McrouterOption toggle) throws McrouterMistake {
    String flipped = toggle.initial().equals("1") ? "0" : "1";

    assertThat(Options.with().startupOptions()).containsEntry(toggle.name(), toggle.initial());
    assertThat(Options.with(toggle.spelling()).startupOptions())
        .containsEntry(toggle.name(), flipped);
    assertThat(Options.with(toggle.spelling() + "=1").startupOptions())
        .containsEntry(toggle.name(), "1");
    assertThat(Options.with(toggle.spelling() + "=0").startupOptions())
        .containsEntry(toggle.name(), "0");
    assertThat(Options.with(toggle.spelling(), "0").startupOptions())
        .as("a word of its own does not belong to it")
        .containsEntry(toggle.name(), flipped);
  }

  static List<McrouterOption> judgedNumbers() {
    return OptionTable.load().all().stream()
        .filter(option -> option.kind() == Kind.NUMBER)
        .filter(option -> option.fate() == Fate.HONOURED)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("judgedNumbers")
  void aNumberThatIsNoneIsRefused(McrouterOption option) {
    long tooSmall = option.least() - 1;
    for (String value : List.of("abc", "1s", "", "1.5", String.valueOf(tooSmall))) {
      McrouterMistake mistake =
          catchThrowableOfType(
              McrouterMistake.class, () -> Options.with(option.spelling() + "=" + value));

      assertThat(mistake)
          .hasMessage(
              option.spelling()
                  + ": "
                  + value
                  + " (expected: a number of at least "
                  + option.least()
                  + ")");
    }
  }

  static List<McrouterOption> idleNumbers() {
    return OptionTable.load().all().stream()
        .filter(option -> option.kind() == Kind.NUMBER && option.fate() == Fate.NO_EFFECT)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("idleNumbers")
  void aBadValueOfAnOptionWithoutEffectIsNoReasonNotToStart(McrouterOption option)
      throws McrouterMistake {
    McrouterOptions options = Options.with(option.spelling(), "abc");

    assertThat(options.startupOptions()).containsEntry(option.name(), option.initial());
    assertThat(options.warnings()).anyMatch(warning -> warning.contains(": abc (expected: "));
  }

  static List<McrouterOption> gone() {
    return OptionTable.load().all().stream().filter(option -> option.fate() == Fate.GONE).toList();
  }

  @ParameterizedTest
  @MethodSource("gone")
  void whatIsGoneTakesItsValueAlongAndIsReported(McrouterOption option) throws McrouterMistake {
    List<String> arguments =
        option.kind() == Kind.TEXT
            ? List.of(option.spelling(), "/run/x", "-t", "77")
            : List.of(option.spelling(), "-t", "77");
    McrouterOptions options = Options.with(arguments.toArray(String[]::new));

    assertThat(options.options())
        .containsEntry("server_timeout_ms", "77")
        .doesNotContainKey(option.name());
    assertThat(options.warnings())
        .containsExactly(
            option.spelling() + " is gone from mcrouter and has no effect: " + option.remark());
  }

  static List<McrouterOption> reported() {
    return OptionTable.load().all().stream()
        .filter(option -> option.fate() == Fate.NO_EFFECT)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("reported")
  void whatDoesNothingIsReportedWithItsReason(McrouterOption option) throws McrouterMistake {
    String argument =
        option.kind() == Kind.TOGGLE ? option.spelling() : option.spelling() + "=" + sample(option);

    McrouterOptions options = Options.with(argument);

    assertThat(options.notes())
        .containsExactly(option.spelling() + " has no effect: " + option.remark());
    assertThat(options.warnings()).isEmpty();
  }
}
