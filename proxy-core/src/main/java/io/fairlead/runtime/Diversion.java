package io.fairlead.runtime;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.Buffer;
import io.netty.channel.unix.RawUnixChannelOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel send the new clients of a {@linkplain SharedPort shared port} to another process,
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
   * chooses by itself. Nobody knows its own number, but can see whether clients still come: so they
   * are sent to the second, as the one that leaves is usually the older of two; then to the first,
   * unless they have ceased to come. When those on their way have arrived, the program is taken away
   * and the socket closed, one right behind the other.
   *
   * Should the process be killed in between, the program stays as long as somebody listens on the
   * port: the next listener that leaves takes it away.
   */
  private static final Logger LOG = LoggerFactory.getLogger(Diversion.class);

  private static final int SOL_SOCKET = 1;
  private static final int PROGRAM_BYTES = 16;
  private static final RawUnixChannelOption ATTACH =
      new RawUnixChannelOption("SO_ATTACH_REUSEPORT_CBPF", SOL_SOCKET, 51, PROGRAM_BYTES);
  private static final RawUnixChannelOption DETACH =
      new RawUnixChannelOption("SO_DETACH_REUSEPORT_BPF", SOL_SOCKET, 68, Integer.BYTES);

  private static final int INSTRUCTION_BYTES = 8;
  private static final short RETURN_CONSTANT = 0x06;

  private static final List<Integer> PLACES = List.of(1, 0);

  /** For who is on the way: some round trips of a network, and turns of an event loop. */
  private static final long ARRIVAL_MILLIS = 100;

  /** In which nobody comes any more, if it works and clients come often enough to matter. */
  private static final long WATCH_MILLIS = 100;

  private Diversion() {}

  /** Whether new clients of this listening socket can be sent to another. */
  static boolean isPossible(Channel listener) {
    return listener instanceof EpollServerSocketChannel;
  }

  /** Returns when clients of these go elsewhere, or when nobody else is there; not on a loop. */
  static void of(List<Listener> leaving) {
    List<Listener> rest = leaving;
    for (int place : PLACES) {
      if (rest.isEmpty()) {
        return;
      }
      rest.forEach(listener -> listener.divert(place));
      rest = whereClientsCome(rest);
    }
  }

  private static List<Listener> whereClientsCome(List<Listener> listeners) {
    pause(ARRIVAL_MILLIS);
    Map<Listener, Long> before = new LinkedHashMap<>();
    listeners.forEach(listener -> before.put(listener, listener.arrivals()));
    pause(WATCH_MILLIS);
    return listeners.stream()
        .filter(listener -> listener.arrivals() != before.getOrDefault(listener, 0L))
        .toList();
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends new clients to the listener with this number. */
  static void begin(Channel listener, int place) {
    ByteBuffer instruction =
        buffer(INSTRUCTION_BYTES).putShort(RETURN_CONSTANT).putShort((short) 0).putInt(place);
    ByteBuffer program =
        buffer(PROGRAM_BYTES)
            .putLong(0, 0)
            .putShort(0, (short) 1)
            .putLong(Long.BYTES, Buffer.memoryAddress(instruction));
    set(listener, ATTACH, program);
    instruction.flip(); // used to here, so that it is not collected before the kernel has read it
  }

  /** Leaves it to the kernel again. */
  static void end(Channel listener) {
    set(listener, DETACH, buffer(Integer.BYTES));
  }

  private static void set(Channel listener, RawUnixChannelOption option, ByteBuffer value) {
    try {
      listener.config().setOption(option, value);
    } catch (RuntimeException e) {
      LOG.debug("{} was refused", option.name(), e);
    }
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
