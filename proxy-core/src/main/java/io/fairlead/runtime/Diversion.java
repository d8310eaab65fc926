package io.fairlead.runtime;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel send the new clients of a {@linkplain SharedPort shared port} to other processes,
 * before a listener is closed. With epoll only.
 */
final class Diversion {
  /*
   * Why. Clients that are half way through the handshake, or wait to be accepted, belong to one
   * listening socket, and are reset when that is closed, although others listen on the port. Linux can
   * hand them over (net.ipv4.tcp_migrate_req), but that is off unless the whole machine is set up
   * for it. Accepting those who wait, right before closing, leaves those in the handshake: it was
   * tried, and loses some.
   *
   * How. The listeners of a port may be given a program that says, for each new client, which of
   * them gets it, by number: the place in the order in which they began to listen, where the last
   * one moves to the place of one that has gone. With a number that no listener has, the kernel
   * chooses by itself. Ours chooses at random among all numbers but one. Nobody knows its own
   * number, but can see whether clients still come: so the numbers are tried one after the other,
   * and the oldest, who is the one that leaves as a rule, is right at once.
   *
   * The program stays when the socket is closed: to take it away before would let clients come
   * again, and afterwards the socket is no part of the port any more. It does no harm. Of the
   * numbers that it gives, those of all who are left are equally likely, and for the one that is
   * not there any more the kernel chooses itself. But with one more who begins to listen, some would
   * get nobody: so whoever begins takes it away.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Diversion.class);

  private static final int SOL_SOCKET = 1;
  private static final int PROGRAM_BYTES = 16;
  private static final RawUnixChannelOption ATTACH =
      new RawUnixChannelOption("SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, 51, PROGRAM_BYTES);
  private static final RawUnixChannelOption DETACH =
      new RawUnixChannelOption("SO_DETACH_REUSEPORT_BPF", SOL_SOCKET, 68, Integer.BYTES);

  private static final int INSTRUCTION_BYTES = 8;
  private static final int LOAD = 0x20;
  private static final int RANDOM_NUMBER = -0x1000 + 56;
  private static final int REMAINDER = 0x94;
  private static final int IF_EQUAL = 0x15;
  private static final int RETURN_CONSTANT = 0x06;
  private static final int RETURN_LOADED = 0x16;

  /** Numbers that are tried; who has a later one is closed as it is. */
  private static final int MOST_NUMBERS = 16;

  /** For who is on the way: some round trips of a network, and turns of an event loop. */
  private static final long ARRIVAL_MILLIS = 100;

  /** In which nobody comes any more, if it works and clients come often enough to matter. */
  private static final long WATCH_MILLIS = 100;

  private final Listener leaving;
  private final Channel socket;
  private final int listeners;
  private long arrivals;

  private Diversion(Listener leaving, Channel socket) {
    this.leaving = leaving;
    this.socket = socket;
    this.listeners = SharedPort.listeners(Descriptors.of(socket));
  }

  /** Whether new clients of this listening socket can be sent to others. */
  static boolean isPossible(Channel listener) {
    return listener instanceof EpollServerSocketChannel && listener.isOpen();
  }

  /** Returns when clients of these go elsewhere, as far as others are there; not on a loop. */
  static void of(List<Listener> leaving) {
    List<Diversion> rest =
        leaving.stream().map(listener -> new Diversion(listener, listener.channel())).toList();
    for (int number = 0; number < MOST_NUMBERS; number++) {
      int own = number;
      rest = rest.stream().filter(each -> each.listeners > Math.max(1, own)).toList();
      if (rest.isEmpty()) {
        return;
      }
      rest.forEach(each -> each.sendToAllBut(own));
      rest = whereClientsCome(rest);
    }
  }

  private static List<Diversion> whereClientsCome(List<Diversion> all) {
    pause(ARRIVAL_MILLIS);
    all.forEach(each -> each.arrivals = each.leaving.arrivals());
    pause(WATCH_MILLIS);
    return all.stream().filter(each -> each.arrivals != each.leaving.arrivals()).toList();
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends new clients to all listeners but the one with this number. */
  private void sendToAllBut(int number) {
    int last = listeners - 1;
    ByteBuffer instructions = buffer(5 * INSTRUCTION_BYTES);
    put(instructions, LOAD, 0, RANDOM_NUMBER);
    put(instructions, REMAINDER, 0, last);
    put(instructions, IF_EQUAL, 1, number); // or else one is skipped
    put(instructions, RETURN_CONSTANT, 0, last);
    put(instructions, RETURN_LOADED, 0, 0);
    ByteBuffer program =
        buffer(PROGRAM_BYTES)
            .putShort(0, (short) (instructions.position() / INSTRUCTION_BYTES))
            .putLong(Long.BYTES, Buffer.memoryAddress(instructions));
    set(socket, ATTACH, program);
    instructions.flip(); // used to here, so that it is not collected before the kernel has read it
  }

  private static void put(ByteBuffer instructions, int code, int skippedOtherwise, int operand) {
    instructions.putShort((short) code).put((byte) 0).put((byte) skippedOtherwise).putInt(operand);
  }

  /** Takes away what another one has left behind, so that this one gets its clients. */
  static void end(Channel listener) {
    set(listener, DETACH, buffer(Integer.BYTES));
  }

  private static void set(Channel listener, RawUnixChannelOption option, ByteBuffer value) {
    try {
      listener.config().setOption(option, value);
    } catch (RuntimeException e) { // as there is nothing to take away, or the kernel is too old
      LOG.debug("{} was refused", option.name(), e);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
