package io.fairlead.server.introspection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.PoolSettings;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.runtime.LoopView;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of keys that begin with {@code __mcrouter__.}, on one event loop. */
final class KeyAnswers {
  private static final String PREFIX = "__mcrouter__.";

  /** Names of mcrouter for what is routed like something else here. */
  private static final Map<String, Operation> TWINS =
      Map.of(
          "metaget", Operation.GET,
          "lease-get", Operation.GET,
          "lease-set", Operation.SET);

  private final LoopView view;
  private final RouterFacts router;
  private final Supplier<ConfigHistory> history;
  private final Verbosity verbosity;

  KeyAnswers(
      LoopView view, RouterFacts router, Supplier<ConfigHistory> history, Verbosity verbosity) {
    this.view = view;
    this.router = router;
    this.history = history;
    this.verbosity = verbosity;
  }

  /** Why a question has no answer. */
  private static final class NoAnswer extends Exception {
    private static final long serialVersionUID = 1;

    NoAnswer(String why) {
      super(why, null, false, false);
    }
  }

  /** The value of such a key. */
  byte[] value(String key) {
    String question = key.substring(PREFIX.length());
    int open = question.indexOf('(');
    boolean hasArguments = open >= 0 && question.endsWith(")");
    String command = hasArguments ? question.substring(0, open) : question;
    String arguments = hasArguments ? question.substring(open + 1, question.length() - 1) : "";
    try {
      return answer(command, arguments).getBytes(UTF_8);
    } catch (NoAnswer e) {
      return ("ERROR: " + e.getMessage()).getBytes(ISO_8859_1);
    }
  }

  private String answer(String command, String arguments) throws NoAnswer {
    ConfigHistory config = history.get();
    return switch (command) {
      case "version" -> router.version();
      case "config" -> config(config.present());
      case "config_age" -> String.valueOf(config.age());
      case "config_file" -> configFile(config.present());
      case "config_md5_digest" -> config.present().digest();
      case "config_sources_info" -> SmallJson.object(config.present().sources());
      case "preprocessed_config" -> preprocessed(config.present());
      case "hostid" -> String.valueOf(router.hostId());
      case "options" -> options(arguments);
      case "pools" -> pools();
      case "route" -> String.join("\r\n", outline("route", arguments).servers());
      case "route_handles" -> String.join("\n", outline("route_handles", arguments).lines());
      case "get_bucket" -> throw new NoAnswer("get_bucket: no route here has buckets");
      case "verbosity" -> verbosity(arguments);
      default -> throw new NoAnswer("unknown command: " + command);
    };
  }

  private static String config(ConfigFacts config) throws NoAnswer {
    if (config.text().isEmpty()) {
      throw new NoAnswer("no config found!");
    }
    return config.text();
  }

  private static String configFile(ConfigFacts config) throws NoAnswer {
    if (config.file() == null) {
      throw new NoAnswer("no config file found!");
    }
    return config.file().toString();
  }

  private static String preprocessed(ConfigFacts config) throws NoAnswer {
    String preprocessed = config.preprocessed();
    if (preprocessed == null) {
      throw new NoAnswer("this configuration has no macros: ask for config");
    }
    return preprocessed.stripTrailing();
  }

  private String options(String name) throws NoAnswer {
    SortedMap<String, String> options = router.options();
    if (name.isEmpty()) {
      return options.entrySet().stream()
          .map(option -> option.getKey() + " " + option.getValue())
          .collect(Collectors.joining("\n"));
    }
    if (name.indexOf(',') >= 0) {
      throw new NoAnswer("options: 0 or 1 args expected");
    }
    String value = options.get(name);
    if (value == null) {
      throw new NoAnswer("options: option " + name + " not found");
    }
    return value;
  }

  private String pools() {
    List<PoolSettings> pools = view.settings().pools();
    return pools.stream().map(PoolSettings::name).collect(Collectors.joining("\n"));
  }

  /** A key may have commas of its own. */
  private Outline outline(String command, String arguments) throws NoAnswer {
    int comma = arguments.indexOf(',');
    if (comma < 0) {
      throw new NoAnswer(command + ": 2 args expected");
    }
    String name = arguments.substring(0, comma);
    Operation operation = operation(name);
    if (operation == null) {
      throw new NoAnswer("route: unknown request " + name);
    }
    byte[] key = arguments.substring(comma + 1).getBytes(ISO_8859_1);
    if (key.length == 0) {
      throw new NoAnswer(command + ": a key expected behind the comma");
    }
    return view.outline(new Question(operation, key));
  }

  private static @Nullable Operation operation(String name) {
    Operation twin = TWINS.get(name);
    return twin != null ? twin : Operation.named(name).orElse(null);
  }

  private String verbosity(String level) throws NoAnswer {
    int before = verbosity.level();
    if (level.isEmpty()) {
      return String.valueOf(before);
    }
    if (!level.matches("[0-9]{1,2}")) {
      throw new NoAnswer("verbosity: " + level + " is no number from 0 to 99");
    }
    verbosity.level(Integer.parseInt(level));
    return before + " -> " + level;
  }
}
