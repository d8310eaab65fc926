package io.fairlead.route.pool;

import io.fairlead.loop.ProxyLoop;
import io.fairlead.metrics.Counter;
import io.fairlead.protocol.Ascii;
import io.fairlead.protocol.Command;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.ThreadLocalRandom;

/** The values that are being given to replicas that did not have them. */
final class Repairs {
  /*
   * A few at a time are enough, and bound what they hold: a replica that lost everything is filled by the
   * reads that come later. There is nearly always none, so that a write usually costs one look.
   */

  /** At a time, of those that hold a value. */
  private static final int MOST_COPYING = 64;

  /** With those that hold a key only, because time has to go by. */
  private static final int MOST = 2048;

  private final ProxyLoop loop;
  private final ServerGroup servers;
  private final double part;
  private final RepairTable underWay = new RepairTable();

  /** Those that may copy as soon as others have. */
  private final ArrayDeque<Repair> ready = new ArrayDeque<>();

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
    if (underWay.find(key, length) != null) {
      return;
    }
    if (underWay.size() >= MOST) {
      loop.stats().count(Counter.COPIES_SKIPPED);
      return;
    }
    Repair repair = new Repair(loop, servers, source, missedOn, key, length, lane);
    underWay.add(repair);
    loop.stats().add(Counter.REPAIRS_UNDER_WAY, 1);
    repair.begin();
  }

  /** Lets one copy its value, now or when others have done so. */
  void copyInTurn(Repair repair) {
    if (copying < MOST_COPYING) {
      copying++;
      repair.copy();
    } else {
      ready.add(repair);
    }
  }

  /** One has copied its value, or nothing. */
  void copied() {
    copying--;
    Repair next = ready.poll();
    if (next != null) {
      copying++;
      next.copy();
    }
  }

  void ended(Repair repair) {
    underWay.remove(repair);
    loop.stats().add(Counter.REPAIRS_UNDER_WAY, -1);
  }

  /** A client changes what is stored. */
  void onWrite(Command command, ByteBuf in) {
    if (underWay.size() > 0) {
      onWrite(written, command.copyKey(in, written));
    }
  }

  void onWrite(byte[] key, int length) {
    Repair repair = underWay.size() == 0 ? null : underWay.find(key, length);
    if (repair != null) {
      repair.onWrite();
    }
  }

  /** A client empties the servers. */
  void onFlush() {
    underWay.allWritten();
  }
}
