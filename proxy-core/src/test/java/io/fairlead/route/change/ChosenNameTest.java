package io.fairlead.route.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.KeySplitSettings;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ShardSplitSettings;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which of its names a host asks for a key. */
class ChosenNameTest {
  private static final RouteSettings ANY = new AnswerSettings(AnswerSettings.Kind.NULL, "");

  @RegisterExtension final TestLoop loop = new TestLoop();

  @ParameterizedTest
  @CsvSource({
    // host, of so many, the key, its name
    "0,  3, k,       k",
    "1,  3, k,       k::1",
    "2,  3, k,       k::2",
    "5,  3, k,       k::2",
    "-1, 3, k,       k",
    "-2, 3, k,       k::2",
    "1,  3, k|#|t,   k::1|#|t",
    "1,  3, |#|t,    ::1|#|t",
    "1,  3, <247>,   <247>::1",
    "1,  3, <248>,   <248>",
    "1,  11, <247>,  <247>",
    "10, 11, <246>,  <246>::10",
  })
  void aSplitKeyGoesByTheHost(int host, int replicas, String key, String name) {
    RouteContext context = context(host);
    RecordingRoute target = new RecordingRoute(context);
    Route route =
        new KeySplitRoute(context, new KeySplitSettings(ANY, replicas, false, false), target);

    get(context, route, Wire.expand(key));
    send(route, "touch " + Wire.expand(key) + " 5");

    assertThat(target.requests())
        .containsExactly("get " + Wire.expand(name), "touch " + Wire.expand(name) + " 5");
  }

  @Test
  void aBinaryKeyThatHasNoRoomInBase64HasOneNameOnly() {
    RouteContext context = context(1);
    RecordingRoute target = new RecordingRoute(context);
    Route route = new KeySplitRoute(context, new KeySplitSettings(ANY, 3, false, false), target);
    byte[] key = new byte[184];

    for (int length = 183; length <= 184; length++) {
      String text = Base64.getEncoder().encodeToString(Arrays.copyOf(key, length));
      send(route, "mg " + text + " b v");
    }

    byte[] longer = Arrays.copyOf(key, 186);
    System.arraycopy("::1".getBytes(StandardCharsets.US_ASCII), 0, longer, 183, 3);
    assertThat(target.requests())
        .containsExactly(
            "mg " + Base64.getEncoder().encodeToString(longer) + " b v",
            "mg " + Base64.getEncoder().encodeToString(key) + " b v");
  }

  @ParameterizedTest
  @CsvSource({
    "0,   2,   p:7:x,   p:7:x",
    "1,   2,   p:7:x,   p:7aa:x",
    "2,   3,   p:7:x,   p:7ba:x",
    "26,  100, p:7:x,   p:7za:x",
    "27,  100, p:7:x,   p:7ab:x",
    "676, 677, p:7:x,   p:7zz:x",
    "1,   2,   p:7:,    p:7aa:",
    "1,   2,   :7::x,   :7aa::x",
    "1,   2,   p:77:x,  p:77:x",
    "1,   2,   p:7,     p:7",
    "1,   2,   p::7:x,  p::7:x",
    "1,   2,   7,       7",
  })
  void aSplitShardGoesByTheHost(int host, int splits, String key, String name) {
    RouteContext context = context(host);
    RecordingRoute target = new RecordingRoute(context);
    ShardSplitSettings settings = new ShardSplitSettings(ANY, Map.of("7", splits, "9", 3), true);
    Route route = new ShardSplitRoute(context, settings, target);

    get(context, route, key);
    send(route, "incr " + key + " 5");

    assertThat(target.requests()).isEqualTo(List.of("get " + name, "incr " + name + " 5"));
  }

  /** Ejected servers fail inside of the call that asks them. */
  @Test
  void manyNamesWhoseServersAreDeadTakeNoMoreStackThanTwo() {
    RouteContext context = context(0);
    List<Long> depths = new ArrayList<>();
    Route dead =
        new DeadRoute(context, () -> depths.add(StackWalker.getInstance().walk(Stream::count)));
    Route route = new KeySplitRoute(context, new KeySplitSettings(ANY, 200, false, true), dead);

    get(context, route, "k");

    assertThat(depths).hasSize(200);
    assertThat(depths.subList(1, 200)).containsOnly(depths.get(1));
    assertThat(context.isBusy()).isFalse();
  }

  /** Fails at once. */
  private record DeadRoute(RouteContext context, Runnable onAsked) implements Route {
    @Override
    public void get(Exchange exchange, int lane) {
      onAsked.run();
      context.exchanges().fail(exchange, Failure.EJECTED);
    }

    @Override
    public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
      onAsked.run();
      sink.onFailure(slot, Failure.EJECTED);
    }

    @Override
    public void outline(Outline outline) {
      outline.leaf("dead");
    }
  }

  private RouteContext context(int host) {
    return new RouteContext(loop.proxy(), new ExchangePool(), 1 << 20, host);
  }

  private static void get(RouteContext context, Route route, String key) {
    Exchange exchange = context.exchanges().take(ReplySink.NOBODY, 0);
    exchange.retrieves(Verb.GET, 0, Wire.bytes(key));
    route.get(exchange, 0);
  }

  private static void send(Route route, String line) {
    ByteBuf in = Wire.buffer(line + "\r\n");
    Command command = new Command();
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    route.send(command, in, ReplySink.NOBODY, 0, 0);
  }
}
