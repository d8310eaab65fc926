package io.fairlead.route.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.route.AnswerSettings;
import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestParser;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.fairlead.route.fan.AllInitialRoute;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes above must see that a delete was not delivered, to try another child. */
class SpooledDeleteTest {
  @RegisterExtension final TestLoop loop = new TestLoop();

  private final List<String> told = new ArrayList<>();

  @Test
  void isStillOneAboveARouteThatChangesKeys() {
    RouteContext context = context();
    Route route =
        new ModifyKeyRoute(
            context,
            new ModifyKeySettings(
                new AnswerSettings(AnswerSettings.Kind.NULL, ""), "a:", null, null, false),
            new Spooling());

    send(route, "md k k");

    assertThat(told).containsExactly("TIMEOUT NF kk");
  }

  @Test
  void isStillOneAboveARouteThatPassesReplies() {
    Route route = new AllInitialRoute(context(), List.of(new Spooling(), new Spooling()));

    send(route, "delete k");

    assertThat(told).containsExactly("TIMEOUT NF kk");
  }

  private RouteContext context() {
    return new RouteContext(loop.proxy(), new ExchangePool(), 1000);
  }

  private void send(Route route, String line) {
    ByteBuf in = Wire.buffer(line + "\r\n");
    Command command = new Command();
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    route.send(command, in, new Told(), 0, 0);
  }

  private final class Told implements ReplySink {
    @Override
    public void onReply(
        int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
      told.add("reply " + Wire.text(in.slice(from, length)).strip());
    }

    @Override
    public void onSpooled(
        int slot, Failure failure, ReplyCode code, ByteBuf in, int from, int length) {
      told.add(failure + " " + Wire.text(in.slice(from, length)).strip());
    }

    @Override
    public void onMiss(int slot) {
      told.add("miss");
    }

    @Override
    public void onFailure(int slot, Failure failure) {
      told.add("failure");
    }
  }

  /** Takes every delete into the spool. */
  private static final class Spooling implements Route {
    @Override
    public void get(Exchange exchange, int lane) {
      throw new AssertionError("a delete asks for no value");
    }

    @Override
    public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
      byte[] key = new byte[250];
      int length = command.copyWrittenKey(in, key);
      String name = new String(key, 0, length, StandardCharsets.US_ASCII);
      ByteBuf reply = Wire.buffer("NF k" + name + "\r\n");
      sink.onSpooled(slot, Failure.TIMEOUT, ReplyCode.NF, reply, 0, reply.readableBytes());
    }

    @Override
    public void outline(Outline outline) {
      outline.leaf("spooling");
    }
  }
}
