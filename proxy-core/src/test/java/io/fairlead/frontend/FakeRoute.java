package io.fairlead.frontend;

import io.fairlead.Wire;
import io.fairlead.backend.Exchange;
import io.fairlead.backend.ExchangePool;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.metrics.PoolStats;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Entrance;
import io.fairlead.route.Outline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Records what it is asked and answers at once or when the test says so.
 *
 * <p>A key says what becomes of its get: it is not found when it begins with {@code miss}, its
 * server fails when it begins with {@code fail} and answers an error when it begins with {@code
 * error}; else the value is {@code <key>}.
 */
final class FakeRoute implements Entrance {
  final ExchangePool exchanges = new ExchangePool();
  final PoolStats stats = new PoolStats("pool");
  private final List<String> asked = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean waits;
  private int endsOfGets;

  /** Answers wait for {@link #answer} from now on. */
  void waitToAnswer() {
    waits = true;
  }

  /** What has been asked since the last call. */
  List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  /** How often a retrieval was complete or held back. */
  int endsOfGets() {
    return endsOfGets;
  }

  /** How many answers wait. */
  int waiting() {
    return waiting.size();
  }

  /** Gives the answer that has waited as the so many-th. */
  void answer(int index) {
    waiting.remove(index).run();
  }

  @Override
  public void get(Exchange exchange, int lane) {
    String key = Wire.text(Unpooled.wrappedBuffer(exchange.key(), 0, exchange.keyLength()));
    Verb verb = exchange.verb();
    asked.add(Wire.text(verb.word()) + (verb.touches() ? " " + exchange.expiry() : "") + " " + key);
    answerLater(() -> retrieved(exchange, key));
  }

  private void retrieved(Exchange exchange, String key) {
    if (key.startsWith("fail")) {
      exchanges.fail(exchange, Failure.LOST);
      return;
    }
    if (key.startsWith("miss")) {
      exchange.miss();
    } else if (key.startsWith("error")) {
      reply(exchange, ReplyCode.SERVER_ERROR, "SERVER_ERROR of " + key + "\r\n");
    } else {
      reply(exchange, ReplyCode.VALUE, value(key, exchange.verb()));
    }
    exchanges.give(exchange);
  }

  static String value(String key, Verb verb) {
    String cas = verb.returnsCas() ? " 7" : "";
    return "VALUE " + key + " 0 " + (key.length() + 2) + cas + "\r\n<" + key + ">\r\n";
  }

  private static void reply(Exchange exchange, ReplyCode code, String text) {
    exchange.reply(code, Wire.buffer(text), 0, text.length(), true);
  }

  @Override
  public void endOfGet(int lane) {
    endsOfGets++;
  }

  @Override
  public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
    ByteBuf request = Unpooled.buffer();
    RequestWriter.line(request, command, in);
    if (command.valueLength() >= 0) {
      request.writeBytes(in, command.lineEnd(), command.valueLength() + 2);
    }
    asked.add(Wire.text(request));
    boolean fails = Wire.text(request).contains(" fail");
    String reply = replyOf(Wire.text(request), command.verb());
    answerLater(
        () -> {
          if (fails) {
            sink.onFailure(slot, Failure.LOST);
          } else {
            ReplyCode code = ReplyCode.of(Wire.buffer(reply), 0, reply.indexOf('\r'));
            if (code != null) {
              sink.onReply(slot, code, Wire.buffer(reply), 0, reply.length(), true);
            }
          }
        });
  }

  private static String replyOf(String request, Verb verb) {
    if (request.contains(" error")) {
      return "SERVER_ERROR of a server\r\n";
    }
    return request.contains(" bad") ? "CLIENT_ERROR of a server\r\n" : replyTo(verb);
  }

  static String replyTo(Verb verb) {
    return switch (verb.form()) {
      case STORAGE -> "STORED\r\n";
      case ARITHMETIC -> "42\r\n";
      case TOUCH -> "TOUCHED\r\n";
      case DELETE -> "NOT_FOUND\r\n";
      case FLUSH -> "OK\r\n";
      case META -> verb == Verb.MG ? "VA 2 Oq\r\nab\r\n" : verb == Verb.ME ? "EN\r\n" : "HD\r\n";
      default -> throw new IllegalArgumentException(verb.name());
    };
  }

  @Override
  public int invalidate(Command command, ByteBuf in, ReplySink sink, int lane) {
    asked.add("invalidate " + Wire.text(in, command.keyFrom(), command.keyLength()));
    answerLater(() -> sink.onFailure(0, Failure.LOST));
    return 1;
  }

  private void answerLater(Runnable answer) {
    if (waits) {
      waiting.add(answer);
    } else {
      answer.run();
    }
  }

  @Override
  public void outline(Outline outline) {
    outline.leaf("fake");
  }
}
