package io.fairlead.route.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.Outcomes;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.ShadowSettings.Shadow;
import io.fairlead.loop.TestLoop;
import io.fairlead.metrics.PoolEvent;
import io.fairlead.metrics.PoolEvents;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final AnswerSettings NOWHERE = new AnswerSettings(AnswerSettings.Kind.NULL, "");
  private static final int CLIENTS_SLOT = 3;
  private static final byte CR = '\r';

  @RegisterExtension final TestLoop loop = new TestLoop();

  private final ExchangePool exchanges = new ExchangePool();
  private final RouteContext context = new RouteContext(loop.proxy(), exchanges, 1 << 20);
  private final PoolEvents pool = new PoolStats("test").events();
  private final ShadowReplies replies = replies(true);
  private final Outcomes client = new Outcomes();

  private ShadowReplies replies(boolean compares) {
    Shadow shadow = new Shadow(NOWHERE, 0, 1, null, 1, 1, compares);
    return new ShadowReplies(context, shadow, pool, new ShadowCount(0));
  }

  private Comparison begin(ShadowReplies of) {
    assertThat(of.begin()).isTrue();
    return Objects.requireNonNull(of.comparison());
  }

  private Comparison command() {
    return begin(replies).of(client, CLIENTS_SLOT);
  }

  private static void reply(Comparison comparison, int slot, String reply) {
    if (reply.equals("miss")) {
      comparison.onMiss(slot);
    } else if (reply.equals("failure")) {
      comparison.onFailure(slot, Failure.TIMEOUT);
    } else {
      ByteBuf in = Wire.buffer(reply + "\r\n");
      ReplyCode code =
          Objects.requireNonNull(ReplyCode.of(in, 0, in.indexOf(0, in.writerIndex(), CR)));
      comparison.onReply(slot, code, in, 0, in.writerIndex(), true);
    }
  }

  @ParameterizedTest
  @CsvSource({
    // what the target replies and the shadow, what the client is told, mismatches
    "STORED,  STORED,     3 STORED/,  0",
    "STORED,  NOT_STORED, 3 STORED/,  1",
    "STORED,  failure,    3 STORED/,  1",
    "failure, STORED,     3 TIMEOUT,  1",
    "failure, failure,    3 TIMEOUT,  0",
    "miss,    miss,       3 miss,     0",
    "miss,    STORED,     3 miss,     1",
  })
  void theClientIsToldTheReplyOfTheTargetWhicheverComesFirst(
      String ofTarget, String ofShadow, String told, int mismatches) {
    Comparison first = command();
    reply(first, Comparison.TARGET, ofTarget);
    assertThat(client.told()).containsExactly(told);
    assertThat(pool.get(PoolEvent.SHADOW_COMPARED)).isZero();
    reply(first, Comparison.SHADOW, ofShadow);
    client.forget();

    Comparison second = command();
    reply(second, Comparison.SHADOW, ofShadow);
    assertThat(client.told()).isEmpty();
    reply(second, Comparison.TARGET, ofTarget);
    assertThat(client.told()).containsExactly(told);

    assertThat(second).as("it is used again").isSameAs(first);
    assertThat(pool.get(PoolEvent.SHADOW_COMPARED)).isEqualTo(2);
    assertThat(pool.get(PoolEvent.SHADOW_MISMATCHES)).isEqualTo(2L * mismatches);
  }

  @ParameterizedTest
  @ValueSource(strings = {"miss", "failure", "VALUE k 0 1\r\na", "SERVER_ERROR busy"})
  void aRetrievalIsToldItsOutcome(String reply) {
    Exchange exchange = exchanges.take(client, CLIENTS_SLOT);
    exchange.retrieves(Verb.GET, 0, Wire.bytes("k"));
    Comparison comparison = begin(replies).of(exchange);

    reply(comparison, Comparison.TARGET, reply);
    reply(comparison, Comparison.SHADOW, reply);

    assertThat(client.told()).hasSize(1);
    assertThat(exchanges.take(client, 0)).as("it is given back").isSameAs(exchange);
    assertThat(pool.get(PoolEvent.SHADOW_COMPARED)).isOne();
    assertThat(pool.get(PoolEvent.SHADOW_MISMATCHES)).isZero();
  }

  @Test
  void aRetrievalMayBeAskedAgainIfItsClientHasNotWritten() {
    Exchange exchange = exchanges.take(client, CLIENTS_SLOT);
    exchange.retrieves(Verb.GET, 0, Wire.bytes("k"));
    Comparison comparison = begin(replies).of(exchange);

    assertThat(comparison.mayBeAskedAgain(Comparison.TARGET)).isTrue();
    assertThat(comparison.mayBeAskedAgain(Comparison.SHADOW)).isFalse();
    client.write();
    assertThat(comparison.mayBeAskedAgain(Comparison.TARGET)).isFalse();
    assertThat(comparison.relays(Comparison.SHADOW)).isTrue();
    assertThat(comparison.relays(Comparison.TARGET)).as("as the client wants it").isFalse();
  }

  @Test
  void aDeleteThatIsSpooledIsWhatTheClientIsTold() {
    ByteBuf in = Wire.buffer("NOT_FOUND\r\n");
    Comparison comparison = command();

    comparison.onSpooled(
        Comparison.TARGET, Failure.EJECTED, ReplyCode.NOT_FOUND, in, 0, in.writerIndex());
    reply(comparison, Comparison.SHADOW, "NOT_FOUND");

    assertThat(client.told()).containsExactly("3 NOT_FOUND/");
    assertThat(pool.get(PoolEvent.SHADOW_COMPARED)).isOne();
    assertThat(pool.get(PoolEvent.SHADOW_MISMATCHES)).isZero();
  }

  @Test
  void nothingIsComparedWithAShadowThatIsNotAsked() {
    Comparison comparison = Objects.requireNonNull(replies.comparison());
    comparison.of(client, CLIENTS_SLOT).withoutShadow();

    reply(comparison, Comparison.TARGET, "STORED");

    assertThat(client.told()).containsExactly("3 STORED/");
    assertThat(pool.get(PoolEvent.SHADOW_COMPARED)).isZero();
    assertThat(replies.comparison()).as("it is used again").isSameAs(comparison);
  }

  /** One copy may be under way; it is over with the shadow's reply, and not with the target's. */
  @Test
  void theReplyOfTheShadowMakesRoomForTheNextCopy() {
    Comparison comparison = command();
    reply(comparison, Comparison.TARGET, "STORED");
    assertThat(replies.begin()).isFalse();

    reply(comparison, Comparison.SHADOW, "STORED");

    assertThat(replies.begin()).isTrue();
  }

  @Test
  void largeValuesAreComparedAsTheyCome() {
    String value = "v".repeat(50_000);
    List<String> pieces = List.of("VALUE k 0 100000\r\n" + value, value + "\r\n");
    Comparison comparison = command();
    for (int i = 0; i < 2; i++) {
      ByteBuf in = Wire.buffer(pieces.get(i));
      comparison.onReply(
          Comparison.SHADOW, ReplyCode.VALUE, in, 0, in.writerIndex(), i == pieces.size() - 1);
    }

    reply(comparison, Comparison.TARGET, "VALUE k 0 100000\r\n" + value + value);

    assertThat(pool.get(PoolEvent.SHADOW_MISMATCHES)).isZero();
    assertThat(context.keptBytes()).isZero();
  }

  @Test
  void nothingIsComparedUnlessItIsWanted() {
    assertThat(replies(false).comparison()).isNull();
  }
}
