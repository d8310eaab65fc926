package io.fairlead.route.pool;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The values that are being given to replicas that did not have them. */
final class Repairs {
  /*
   * A few at a time are enough, and bound what they hold: a replica that lost everything is filled by the
   * reads that come later. The list is nearly always empty, so that a write usually costs one look.
   */

  /** At a time, of those that hold a value. */
  private static final int MOST_COPYING = 64;

  /** With those that wait to be looked at once more. */
  private static final int MOST = 512;

  private final ProxyLoop loop;
  private final ServerGroup servers;
  private final double part;
  private final List<Repair> underWay = new ArrayList<>();
  private int copying;
  private final byte[] written = new byte[Ascii.MAX_KEY_BYTES];

  Repairs(ProxyLoop loop, ServerGroup servers) {
    this.loop = loop;
    this.servers = servers;
    this.part = servers.settings().replicas().repair();
  }

  /**
   * A key was found on one server, after others did not have it.
   *
   * @param key copied
   */
  void begin(int source, BitSet missedOn, byte[] key, int length, int lane) {
    if (part <= 0 || (part < 1 && ThreadLocalRandom.current().nextDouble() >= part)) {
      return;
    }
    if (copying >= MOST_COPYING || underWay.size() >= MOST) {
      loop.stats().count(Counter.COPIES_SKIPPED);
      return;
    }
    for (Repair repair : underWay) {
      if (repair.isOf(key, length)) {
        return;
      }
    }
    Repair repair = new Repair(loop, servers, source, missedOn, key, length, lane);
    underWay.add(repair);
    copying++;
    repair.begin();
  }

  /** One has copied its value, or nothing. */
  void copied() {
    copying--;
  }

  void ended(Repair repair) {
    underWay.remove(repair);
  }

  /** A client changes what is stored. */
  void onWrite(Command command, ByteBuf in) {
    if (!underWay.isEmpty()) {
      onWrite(written, command.copyKey(in, written));
    }
  }

  void onWrite(byte[] key, int length) {
    for (int i = 0; i < underWay.size(); i++) {
      if (underWay.get(i).isOf(key, length)) {
        underWay.get(i).onWrite();
      }
    }
  }

  /** A client empties the servers. */
  void onFlush() {
    underWay.forEach(Repair::onWrite);
  }
}
