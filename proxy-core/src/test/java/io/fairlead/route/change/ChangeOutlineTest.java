package io.fairlead.route.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.backend.ExchangePool;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where routes that change keys say that a request would go, and under which key. */
class ChangeOutlineTest {
  private static final RouteSettings ANY = new AnswerSettings(AnswerSettings.Kind.NULL, "");

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final RouteContext context =
      new RouteContext(loop.proxy(), new ExchangePool(), 1 << 20, 1);

  @ParameterizedTest
  @CsvSource({
    // the key; prefixes have no line, and below them the key is another
    "k,        modify-key; one a:k",
    "/a/b/k,   modify-key; one a:k",
    "/a/b/a:k, modify-key; one a:k",
    "/c/d/k,   two k",
    "/*/*/k,   modify-key; one a:k;two k",
    "/c/x/k,   error|RootRoute: No rh found",
    "/a/b/,    ''",
  })
  void prefixesHaveNoLineOfTheirOwn(String key, String lines) {
    Route renamed =
        new ModifyKeyRoute(
            context, new ModifyKeySettings(ANY, "a:", null, null, false), named("one"));
    Route prefixes =
        new RoutingPrefixRoute(
            context,
            new PrefixTable(Map.of("/a/b/", renamed, "/c/d/", named("two")), "/a/b/"),
            renamed,
            null);

    assertThat(String.join(";", ask(prefixes, new Question(Operation.GET, Wire.bytes(key)))))
        .isEqualTo(lines);
  }

  @Test
  void everythingIsShownWithoutAQuestion() {
    Route split =
        new KeySplitRoute(context, new KeySplitSettings(ANY, 2, false, false), named("one"));

    assertThat(ask(split, null))
        .containsExactly("key-split", " all-sync", "  one -", "  key-suffix|::1", "   one -");
  }

  @Test
  void aSplitKeyIsShownUnderTheNamesThatAreAsked() {
    Route split =
        new KeySplitRoute(context, new KeySplitSettings(ANY, 2, false, false), named("one"));
    Question question = new Question(Operation.GET, Wire.bytes("k"));

    assertThat(ask(split, question)).containsExactly("key-split", " key-suffix|::1", "  one k::1");
    assertThat(ask(split, question.with(Operation.DELETE)))
        .containsExactly("key-split", " all-initial", "  key-suffix|::1", "   one k::1", "  one k");
  }

  /** A node below a root, as no node stands higher. */
  private List<String> ask(Route route, @Nullable Question question) {
    Outline outline = new Outline(question);
    outline.node("root", List.of(route));
    return outline.lines().stream().skip(1).map(line -> line.substring(1)).toList();
  }

  /** A leaf that says which key it is asked for. */
  private Route named(String name) {
    return new RecordingRoute(context, name);
  }
}
