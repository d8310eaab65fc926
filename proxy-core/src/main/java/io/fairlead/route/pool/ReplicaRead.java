package io.fairlead.route.pool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.ReplyShape;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads one key from the first replica that has it: the next one is asked after a miss, after a
 * failure, and beside a replica that takes too long.
 *
 * <p>It is either one key of a retrieval or a meta command that changes nothing. What a replica
 * answers comes under its index as slot.
 */
final class ReplicaRead implements ReplySink {
  private static final int NONE = -1;
  private static final byte[] META_MISS = "EN\r\n".getBytes(US_ASCII);

  private final ReplicaReads reads;
  private final ServerGroup servers;
  private final BitSet missedOn = new BitSet();
  private final byte[] metaKey = new byte[Ascii.MAX_KEY_BYTES];
  private int metaKeyLength;

  /** The retrieval; null for a meta command. */
  private @Nullable Exchange exchange;

  /** The meta command, whom to tell of it, and its line; null for a retrieval. */
  private @Nullable ReplySink sink;

  private int sinkSlot;
  private @Nullable ByteBuf line;
  private ReplyShape shape = ReplyShape.MG;

  /** Who is asked first, and who last, if anybody; those between, in turn, from which one on. */
  private int preferred;

  private int lastResort;
  private int start;
  private int position;
  private int lane;
  private int pending;
  private boolean isWatched;
  private boolean isAsking;
  private boolean asksAgain;
  private boolean answered;
  private int relayed = NONE;
  private @Nullable Failure failure;

  /** When to ask the next replica, or to give up; and the first such time. */
  long lookAt;

  long patienceEnd;
  long deadline;

  /** Its neighbours among those that are watched; next is also the next one that is free. */
  @Nullable ReplicaRead previous;

  @Nullable ReplicaRead next;

  ReplicaRead(ReplicaReads reads) {
    this.reads = reads;
    this.servers = reads.servers;
  }

  /**
   * Sets the order in which replicas are asked.
   *
   * @param first negative for none in particular, like {@code last}
   * @param from where the others begin, which follow in the order of the configuration
   */
  ReplicaRead inOrder(int first, int last, int from) {
    preferred = first;
    lastResort = last;
    start = from;
    return this;
  }

  /** Reads a key; takes {@code taken} and tells its sink the outcome. */
  void get(Exchange taken, int onLane) {
    exchange = taken;
    begin(onLane);
    askOn(null, null);
    ended();
  }

  /** Sends a meta command that changes nothing. */
  void send(Command command, ByteBuf in, ReplySink toTell, int slot, int onLane) {
    sink = toTell;
    sinkSlot = slot;
    shape = ReplyShape.of(command.verb());
    metaKeyLength = command.verb() == Verb.MG ? command.copyKey(in, metaKey) : 0;
    ByteBuf copy = reads.loop.outputs().take();
    RequestWriter.line(copy, command, in);
    line = copy;
    begin(onLane);
    askOn(command, in);
    ended();
  }

  private void begin(int onLane) {
    lane = onLane;
    pending = 1; // until the first replica has been asked
    position = NONE;
    answered = false;
    relayed = NONE;
    failure = null;
    missedOn.clear();
    isWatched = servers.size() > 1;
    if (isWatched) {
      reads.watch(this);
    }
  }

  /** Asks the next replica; in a loop, as it may answer at once, and so may the one after it. */
  private void askOn(@Nullable Command command, @Nullable ByteBuf in) {
    asksAgain = true;
    if (isAsking) {
      return;
    }
    isAsking = true;
    while (asksAgain && !answered) {
      asksAgain = false;
      int server = nextServer();
      if (server >= 0) {
        pending++;
        ask(server, command, in);
      }
    }
    isAsking = false;
  }

  private int nextServer() {
    int count = servers.size();
    while (position <= count) {
      int server = serverAt(position++, count);
      if (server >= 0 && servers.get(server).isUp()) {
        return server;
      }
    }
    return NONE;
  }

  private int serverAt(int place, int count) {
    if (place < 0) {
      return preferred;
    }
    if (place == count) {
      return lastResort;
    }
    int server = start + place < count ? start + place : start + place - count;
    return server == preferred || server == lastResort ? NONE : server;
  }

  private void ask(int server, @Nullable Command command, @Nullable ByteBuf in) {
    Exchange retrieval = exchange;
    ByteBuf written = line;
    if (retrieval != null) {
      Exchange attempt = reads.exchanges.take(this, server);
      attempt.retrievesLike(retrieval);
      servers.get(server).get(attempt, lane);
    } else if (command != null && in != null) {
      servers.get(server).send(command, in, this, server, lane);
    } else if (written != null) {
      servers.get(server).sendOwned(written.retainedDuplicate(), shape, this, server, lane);
    }
  }

  /** Its time, or that of the replica that was asked last, may be over. */
  void look(long now) {
    if (answered || lookAt - now > 0) {
      return; // it is over, or another one by now
    }
    pending++;
    if (deadline - now <= 0) {
      failure = Failure.TIMEOUT;
      giveUp();
    } else {
      askOn(null, null);
      lookAt = position > servers.size() ? deadline : now + (deadline - now) / 2;
    }
    ended();
  }

  @Override
  public boolean relays(int slot) {
    if (answered) {
      return true; // nobody wants it any more
    }
    Exchange retrieval = exchange;
    ReplySink told = sink;
    return retrieval != null ? retrieval.relays() : told != null && told.relays(sinkSlot);
  }

  @Override
  public boolean mayBeAskedAgain(int slot) {
    Exchange retrieval = exchange;
    return retrieval != null && retrieval.mayBeAskedAgain();
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    if (slot == relayed || (!answered && isAnswer(code))) {
      relayed = complete ? NONE : slot;
      answers();
      pass(code, in, from, length, complete);
      if (complete) {
        repair(slot, code);
      }
    } else if (complete && !answered && code == ReplyCode.EN) {
      missed(slot);
    } else if (complete && !answered) {
      failed(Failure.INVALID_REPLY);
    }
    if (complete) {
      ended();
    }
  }

  private boolean isAnswer(ReplyCode code) {
    return exchange == null ? code != ReplyCode.EN : !code.isError();
  }

  /** From here on nobody else may answer. */
  private void answers() {
    answered = true;
    if (isWatched) {
      isWatched = false;
      reads.forget(this);
    }
  }

  private void pass(ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    Exchange retrieval = exchange;
    ReplySink told = sink;
    if (retrieval != null) {
      retrieval.reply(code, in, from, length, complete);
    } else if (told != null) {
      told.onReply(sinkSlot, code, in, from, length, complete);
    }
  }

  private void repair(int server, ReplyCode code) {
    if (missedOn.isEmpty() || code.isError()) {
      return;
    }
    Exchange retrieval = exchange;
    if (retrieval != null) {
      servers.repairs().begin(server, missedOn, retrieval.key(), retrieval.keyLength(), lane);
    } else if (metaKeyLength > 0) {
      servers.repairs().begin(server, missedOn, metaKey, metaKeyLength, lane);
    }
  }

  @Override
  public void onMiss(int slot) {
    if (!answered) {
      missed(slot);
    }
    ended();
  }

  private void missed(int slot) {
    missedOn.set(slot);
    if (reads.settings.missFailover()) {
      askOn(null, null);
    } else {
      giveUp();
    }
  }

  @Override
  public void onFailure(int slot, Failure why) {
    if (slot == relayed) {
      relayed = NONE;
      tell(why);
    } else if (!answered) {
      failed(why);
    }
    ended();
  }

  private void failed(Failure why) {
    failure = why;
    askOn(null, null);
  }

  /** Nobody has the key: it is a miss if anybody who answers does not have it. */
  private void giveUp() {
    answers();
    if (missedOn.isEmpty()) {
      Failure why = failure;
      tell(why == null ? servers.noServer() : why);
    } else {
      tellMiss();
    }
  }

  private void tell(Failure why) {
    Exchange retrieval = exchange;
    ReplySink told = sink;
    if (retrieval != null) {
      retrieval.failed(why);
    } else if (told != null) {
      told.onFailure(sinkSlot, why);
    }
  }

  private void tellMiss() {
    Exchange retrieval = exchange;
    ReplySink told = sink;
    if (retrieval != null) {
      retrieval.miss();
    } else if (told != null) {
      ByteBuf miss = reads.loop.outputs().take().writeBytes(META_MISS);
      told.onReply(sinkSlot, ReplyCode.EN, miss, 0, META_MISS.length, true);
      reads.loop.outputs().giveBack(miss);
    }
  }

  /** One of those that were asked will answer no more. */
  private void ended() {
    if (--pending > 0) {
      return;
    }
    if (!answered) {
      giveUp();
    }
    Exchange retrieval = exchange;
    if (retrieval != null) {
      exchange = null;
      reads.exchanges.give(retrieval);
    }
    ByteBuf written = line;
    if (written != null) {
      line = null;
      reads.loop.outputs().giveBack(written);
    }
    sink = null;
    reads.give(this);
  }
}
