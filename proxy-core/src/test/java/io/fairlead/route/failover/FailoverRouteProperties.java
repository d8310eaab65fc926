package io.fairlead.route.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Seeded;
import io.fairlead.Wire;
import io.fairlead.backend.Failure;
import io.fairlead.backend.Outcomes;
import io.fairlead.config.route.FailoverErrors;
import io.fairlead.config.route.FailoverOrder;
import io.fairlead.config.route.FailoverSettings;
import io.fairlead.config.route.FailoverSettings.Limit;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.Result;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever the children do, a failover asks those that its model asks, and answers the same. */
class FailoverRouteProperties {
  private static final int REQUESTS = 100;
  private static final Map<Operation, String> OF_OPERATION =
      Map.of(
          Operation.GET, "get %s",
          Operation.SET, "set %s 0 0 1/v",
          Operation.ADD, "ms %s 1 ME/v",
          Operation.DELETE, "md %s",
          Operation.INCR, "incr %s 1",
          Operation.TOUCH, "touch %s 9");

  @RegisterExtension final Seeded seeded = new Seeded();
  @RegisterExtension final TestLoop loop = new TestLoop();

  private Random random = new Random(0);

  @BeforeEach
  void takeRandom() {
    random = seeded.random();
  }

  @RepeatedTest(50)
  void asksAndAnswersAsItsModel() {
    int children = 2 + random.nextInt(5);
    FailoverSettings settings = settings(children, order(children), limit());
    FailoverModel model = new FailoverModel(settings);
    Setting setting = new Setting(loop, settings);

    for (int i = 0; i < REQUESTS; i++) {
      Operation operation = operation();
      String key = "key" + random.nextInt(1000);
      List<Outcome> outcomes = outcomes(settings);
      List<Integer> tries = model.tries(operation, Wire.bytes(key), outcomes);
      setting.children.answer(outcomes::get);
      setting.children.waitToAnswer(random.nextBoolean());

      String answer = setting.outcome(text(operation, key));

      assertThat(setting.children.asked()).as("request %d to %s", i, settings).isEqualTo(tries);
      assertThat(answer).isEqualTo(answer(operation, outcomes, tries));
      assertThat(setting.keptBytes()).isZero();
    }
  }

  @RepeatedTest(20)
  void servesRequestsThatOverlap() {
    FailoverSettings settings = settings(2 + random.nextInt(5), FailoverOrder.IN_ORDER, null);
    FailoverModel model = new FailoverModel(settings);
    Setting setting = new Setting(loop, settings);
    List<Outcome> outcomes = outcomes(settings);
    setting.children.answer(outcomes::get);
    Map<String, String> expected = new HashMap<>();
    Outcomes told = new Outcomes();

    for (int i = 0; i < REQUESTS; i++) {
      Operation operation = operation();
      setting.children.waitToAnswer(random.nextInt(4) > 0);
      List<Integer> tries = model.tries(operation, Wire.bytes("k"), outcomes);
      expected.put(Integer.toString(i), answer(operation, outcomes, tries));
      setting.send(text(operation, "k"), told, i);
      for (int answers = random.nextInt(4); answers > 0; answers--) {
        setting.children.answerNext();
      }
    }
    boolean more = true;
    while (more) {
      more = setting.children.answerNext();
    }

    Map<String, String> answers =
        told.told().stream()
            .map(line -> line.split(" ", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    assertThat(answers).isEqualTo(expected);
    assertThat(setting.keptBytes()).isZero();
  }

  private FailoverSettings settings(int children, FailoverOrder order, @Nullable Limit limit) {
    FailoverErrors errors =
        random.nextBoolean()
            ? FailoverErrors.DEFAULT
            : new FailoverErrors(someErrors(), someErrors(), someErrors());
    return new FailoverSettings(FakeChildren.settings(children), errors, order, limit);
  }

  private FailoverOrder order(int children) {
    int mostTries = 1 + random.nextInt(6);
    List<Double> weights = random.nextBoolean() ? null : weights(children);
    return switch (random.nextInt(4)) {
      case 0 -> FailoverOrder.IN_ORDER;
      case 1 -> new FailoverOrder.LeastFailures(mostTries);
      case 2 -> new FailoverOrder.Deterministic(mostTries, 1 + random.nextInt(4), weights);
      default ->
          new FailoverOrder.Rendezvous(
              Stream.generate(() -> "tag" + random.nextInt())
                  .limit(children - random.nextInt(2))
                  .toList(),
              weights);
    };
  }

  /** Not so small that a child is never drawn; one may be missing. */
  private List<Double> weights(int children) {
    return Stream.generate(() -> (50 + random.nextInt(51)) / 100.0)
        .limit(children - random.nextInt(2))
        .toList();
  }

  private @Nullable Limit limit() {
    List<Double> rates = List.of(0.0, 0.1, 0.25, 0.5, 1.0);
    return random.nextBoolean()
        ? null
        : new Limit(rates.get(random.nextInt(rates.size())), 1 + random.nextInt(10));
  }

  private Set<Result> someErrors() {
    return Arrays.stream(Result.values())
        .filter(result -> result.isError() && random.nextBoolean())
        .collect(Collectors.toSet());
  }

  /** Mostly all children work; else any outcome is as likely as another. */
  private List<Outcome> outcomes(FailoverSettings settings) {
    boolean bad = random.nextBoolean();
    return Stream.generate(() -> bad ? any(Outcome.values()) : Outcome.SUCCESS)
        .limit(settings.children().size())
        .toList();
  }

  private Operation operation() {
    return any(OF_OPERATION.keySet().stream().sorted().toArray(Operation[]::new));
  }

  private static String text(Operation operation, String key) {
    return OF_OPERATION.getOrDefault(operation, "").formatted(key);
  }

  private <T> T any(T[] all) {
    return all[random.nextInt(all.length)];
  }

  private static String answer(Operation operation, List<Outcome> outcomes, List<Integer> tries) {
    int child = tries.get(tries.size() - 1);
    Outcome outcome = outcomes.get(child);
    Failure failure = outcome.failure();
    if (failure != null) {
      return failure.name();
    }
    boolean miss = operation == Operation.GET && outcome == Outcome.NOTHING;
    return miss ? "miss" : outcome.reply(child, operation.kind()).replace("\r\n", "/");
  }
}
