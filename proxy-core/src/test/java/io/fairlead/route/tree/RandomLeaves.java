package io.fairlead.route.tree;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.route.Outline;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Leaves that answer in any way that a server may: late or at once, a large value piece by piece or
 * only the beginning of it. Each answers in the order in which it was asked.
 */
final class RandomLeaves {
  private static final List<Failure> AT_ONCE =
      List.of(Failure.EJECTED, Failure.CATCHING_UP, Failure.OVERLOADED, Failure.STOPPING);
  private static final List<Failure> LATER =
      List.of(Failure.TIMEOUT, Failure.LOST, Failure.CONNECT_FAILED, Failure.INVALID_REPLY);
  private static final int LARGE_BYTES = 16 << 10;

  private final Random random;
  private final ExchangePool exchanges;
  private final List<Leaf> leaves = new ArrayList<>();
  private int failing = 2;

  RandomLeaves(Random random, ExchangePool exchanges, int count) {
    this.random = random;
    this.exchanges = exchanges;
    for (int i = 0; i < count; i++) {
      leaves.add(new Leaf());
    }
  }

  Route at(int index) {
    return leaves.get(index);
  }

  /** How many requests of ten fail from now on. */
  void fail(int ofTen) {
    failing = ofTen;
  }

  private boolean fails() {
    return random.nextInt(10) < failing;
  }

  /** Gives an answer, or a piece of one; false when all have been given. */
  boolean answerAny() {
    List<Leaf> asked = leaves.stream().filter(leaf -> !leaf.answers.isEmpty()).toList();
    if (asked.isEmpty()) {
      return false;
    }
    asked.get(random.nextInt(asked.size())).answer();
    return true;
  }

  private <T> T any(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** How one request ends. */
  private interface Ending {
    void failed(Failure failure);

    void reply(ReplyCode code, ByteBuf in, int from, int length, boolean complete);
  }

  private final class Leaf implements Route {
    /** Each is true when it is over. */
    private final ArrayDeque<BooleanSupplier> answers = new ArrayDeque<>();

    void answer() {
      BooleanSupplier first = answers.remove();
      if (!first.getAsBoolean()) {
        answers.addFirst(first);
      }
    }

    private void later(Runnable answer) {
      answers.add(
          () -> {
            answer.run();
            return true;
          });
    }

    @Override
    public void get(Exchange exchange, int lane) {
      if (fails()) {
        exchanges.fail(exchange, any(AT_ONCE));
        return;
      }
      String key = Wire.text(Unpooled.wrappedBuffer(exchange.key(), 0, exchange.keyLength()));
      int what = random.nextInt(10);
      if (what < 4) {
        later(
            () -> {
              exchange.miss();
              exchanges.give(exchange);
            });
      } else if (what == 4) {
        later(() -> exchanges.fail(exchange, any(LATER)));
      } else if (what == 5) {
        later(
            () -> {
              reply("SERVER_ERROR out of memory\r\n", exchange::reply);
              exchanges.give(exchange);
            });
      } else {
        String value = Items.value(key, random);
        String cas = exchange.verb().returnsCas() ? " 7" : "";
        String text = "VALUE " + key + " 3 " + value.length() + cas + "\r\n" + value + "\r\n";
        replyLater(ReplyCode.VALUE, text, exchange::relays, ending(exchange));
      }
    }

    private Ending ending(Exchange exchange) {
      return new Ending() {
        @Override
        public void failed(Failure failure) {
          exchanges.fail(exchange, failure);
        }

        @Override
        public void reply(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
          exchange.reply(code, in, from, length, complete);
          if (complete) {
            exchanges.give(exchange);
          }
        }
      };
    }

    private void reply(String text, OneLine to) {
      ReplyCode code = ReplyCode.of(Wire.buffer(text), 0, text.indexOf('\r'));
      if (code == null) {
        throw new IllegalStateException("a bad reply: " + text);
      }
      to.reply(code, Wire.buffer(text), 0, text.length(), true);
    }

    /** Large ones come in pieces where that is wanted; the first has the line, the last the end. */
    private void replyLater(ReplyCode code, String text, BooleanSupplier relays, Ending to) {
      ByteBuf in = Wire.buffer(text);
      int[] at = {0};
      answers.add(
          () -> {
            if (at[0] == 0 && (text.length() < LARGE_BYTES || !relays.getAsBoolean())) {
              to.reply(code, in, 0, text.length(), true);
              return true;
            }
            if (at[0] > 0 && random.nextInt(10) == 0) {
              to.failed(any(LATER));
              return true;
            }
            int line = text.indexOf('\n') + 1;
            int rest = text.length() - at[0];
            boolean complete = at[0] > 0 && random.nextInt(3) == 0;
            int least = at[0] == 0 ? line : 1;
            int most = rest - 2;
            complete |= most <= least;
            int length = complete ? rest : least + random.nextInt(most - least);
            int from = at[0];
            at[0] += length;
            to.reply(code, in, from, length, complete);
            return complete;
          });
    }

    @Override
    public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
      if (fails()) {
        sink.onFailure(slot, any(AT_ONCE));
        return;
      }
      ByteBuf written = Unpooled.buffer();
      RequestWriter.line(written, command, in);
      String line = Wire.text(written).strip();
      if (random.nextInt(10) == 0) {
        later(() -> sink.onFailure(slot, any(LATER)));
        return;
      }
      String reply = Items.reply(line, random);
      if (reply.startsWith("NOT_FOUND") && line.startsWith("delete ")) {
        later(
            () ->
                sink.onSpooled(
                    slot,
                    Failure.TIMEOUT,
                    ReplyCode.NOT_FOUND,
                    Wire.buffer(reply),
                    0,
                    reply.length()));
      } else if (reply.startsWith("VA ")) {
        replyLater(ReplyCode.VA, reply, () -> sink.relays(slot), ending(sink, slot));
      } else {
        later(
            () ->
                reply(
                    reply,
                    (code, from, at, length, complete) ->
                        sink.onReply(slot, code, from, at, length, complete)));
      }
    }

    private Ending ending(ReplySink sink, int slot) {
      return new Ending() {
        @Override
        public void failed(Failure failure) {
          sink.onFailure(slot, failure);
        }

        @Override
        public void reply(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
          sink.onReply(slot, code, in, from, length, complete);
        }
      };
    }

    @Override
    public void outline(Outline outline) {
      outline.leaf("leaf");
    }
  }

  /** Who is told of a reply of one line. */
  private interface OneLine {
    void reply(ReplyCode code, ByteBuf in, int from, int length, boolean complete);
  }
}
