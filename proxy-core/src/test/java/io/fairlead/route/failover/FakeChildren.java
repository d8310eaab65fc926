package io.fairlead.route.failover;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.config.route.RouteSettings;
import io.fairlead.config.route.ServerRouteSettings;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Routes that answer as they were told, at once or when the test says so; which of them were asked
 * is recorded.
 */
final class FakeChildren {
  private final ExchangePool exchanges;
  private final List<Integer> asked = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private IntFunction<Outcome> outcomes = child -> Outcome.SUCCESS;
  private boolean waits;

  FakeChildren(ExchangePool exchanges) {
    this.exchanges = exchanges;
  }

  /** Settings that {@link #at} makes routes of. */
  static List<RouteSettings> settings(int count) {
    return IntStream.range(0, count)
        .<RouteSettings>mapToObj(i -> new ServerRouteSettings("fake", i))
        .toList();
  }

  Route at(int index) {
    return new Child(index);
  }

  void answer(IntFunction<Outcome> outcomeOfChild) {
    outcomes = outcomeOfChild;
  }

  /** Whether answers wait for {@link #answerNext} from now on. */
  void waitToAnswer(boolean wait) {
    waits = wait;
  }

  /** Gives the answer that has waited longest, if there is one. */
  boolean answerNext() {
    Runnable answer = waiting.poll();
    if (answer != null) {
      answer.run();
    }
    return answer != null;
  }

  /** Those that were asked since the last call. */
  List<Integer> asked() {
    List<Integer> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  private void asked(int child, Runnable answer) {
    asked.add(child);
    if (waits) {
      waiting.add(answer);
    } else {
      answer.run();
    }
  }

  private final class Child implements Route {
    private final int index;

    Child(int index) {
      this.index = index;
    }

    @Override
    public void get(Exchange exchange, int lane) {
      Outcome outcome = outcomes.apply(index);
      asked(index, () -> retrieved(exchange, outcome));
    }

    private void retrieved(Exchange exchange, Outcome outcome) {
      Failure failure = outcome.failure();
      if (failure != null) {
        exchange.failed(failure);
      } else if (outcome == Outcome.NOTHING) {
        exchange.miss();
      } else {
        String reply = outcome.reply(index, Operation.Kind.GET_LIKE);
        exchange.reply(code(reply), Wire.buffer(reply), 0, reply.length(), true);
      }
      exchanges.give(exchange);
    }

    @Override
    public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
      Outcome outcome = outcomes.apply(index);
      Operation.Kind kind = Operation.of(command).kind();
      asked(index, () -> served(outcome, kind, sink, slot));
    }

    private void served(Outcome outcome, Operation.Kind kind, ReplySink sink, int slot) {
      Failure failure = outcome.failure();
      if (failure != null) {
        sink.onFailure(slot, failure);
      } else {
        String reply = outcome.reply(index, kind);
        sink.onReply(slot, code(reply), Wire.buffer(reply), 0, reply.length(), true);
      }
    }

    private static ReplyCode code(String reply) {
      ReplyCode code = ReplyCode.of(Wire.buffer(reply), 0, reply.indexOf('\r'));
      return Objects.requireNonNull(code, reply);
    }

    @Override
    public void outline(Outline outline) {
      outline.server("child " + index, Integer.toString(index));
    }
  }
}
