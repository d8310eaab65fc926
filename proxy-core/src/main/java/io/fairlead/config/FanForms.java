package io.fairlead.config;

import io.fairlead.config.route.AllSettings;
import io.fairlead.config.route.RouteSettings;
import java.util.List;

/** The form of routes that lead to several at once. */
final class FanForms {
  private static final ValueKind<Answer> ANSWER = ValueKind.oneOf(Answer.class);

  private static final String TOUCHED = "touched_hides_errors";

  private FanForms() {}

  /** Which reply is the answer. */
  enum Answer {
    WORST(AllSettings.Mode.SYNC),
    FASTEST(AllSettings.Mode.FASTEST),
    FIRST(AllSettings.Mode.INITIAL),
    MAJORITY(AllSettings.Mode.MAJORITY),
    NONE(AllSettings.Mode.ASYNC);

    private final AllSettings.Mode mode;

    Answer(AllSettings.Mode mode) {
      this.mode = mode;
    }

    static Answer of(AllSettings.Mode mode) {
      for (Answer answer : values()) {
        if (answer.mode == mode) {
          return answer;
        }
      }
      throw new IllegalArgumentException("no word for " + mode);
    }
  }

  static void addTo(RouteForms forms) {
    forms.add("replicate", AllSettings.class, FanForms::read, FanForms::write);
  }

  private static RouteSettings read(GivenRoute given) {
    List<RouteSettings> routes = given.several("replicate");
    Answer answer = given.optional("answer", Answer.WORST, ANSWER);
    ConfigValue touched = given.map().take(TOUCHED);
    if (touched != null && !answer.mode.compares()) {
      touched.refuse("nothing, as only the answers worst and majority compare replies");
    }
    return new AllSettings(answer.mode, routes, touched != null && isTrue(touched));
  }

  private static boolean isTrue(ConfigValue value) {
    return Boolean.TRUE.equals(ValueKind.flag().read(value));
  }

  private static void write(AllSettings route, WrittenRoute written) {
    written
        .several("replicate", route.children())
        .putUnless(Answer.WORST, "answer", Answer.of(route.mode()), ValueKind::nameOf)
        .putFlag(TOUCHED, route.touchedHidesErrors(), false);
  }
}
