package io.fairlead.placement;

import io.fairlead.config.McrouterHashSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.RingSettings;
import io.fairlead.config.ServerSettings;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A short text that is the same for two proxies exactly when they have every key of a pool on
 * servers of the same name: what the names lead to does not count, nor how a ring came about.
 */
public final class Fingerprint {
  private static final int SHOWN_BYTES = 8;

  private final PoolPlacement placement;
  private final MessageDigest digest;

  private Fingerprint(PoolPlacement placement) {
    this.placement = placement;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** That of a pool with the servers it has now, as 16 hexadecimal digits. */
  public static String of(PoolSettings pool) {
    Fingerprint fingerprint = new Fingerprint(PoolPlacement.of(pool));
    fingerprint.addPlacement();
    return HexFormat.of().formatHex(fingerprint.digest.digest(), 0, SHOWN_BYTES);
  }

  private void addPlacement() {
    add(placement.rule());
    switch (placement.rule()) {
      case RING -> addRing();
      case SLOT -> addSlots();
      case FUNCTION -> addFunction((McrouterHashSettings) placement.pool().placement());
      case EVERY -> addAll(placement.pool().mode() == Mode.PRIMARY_REPLICA);
      case NONE, ONLY, ANY -> addAll(false);
    }
  }

  private void addAll(boolean inOrder) {
    Stream<String> names = placement.pool().servers().stream().map(ServerSettings::name);
    (inOrder ? names : names.sorted()).forEach(this::add);
  }

  /** Where hashes pass from one server to the next; points between two of one server are none. */
  private void addRing() {
    addHash();
    long points = placement.positions();
    if (points == 0) {
      return; // no server has a share
    }
    add(nameOf(ownerAt(0))); // who may own every other point as well
    for (long i = 0; i < points; i++) {
      int owner = ownerAt(i);
      if (owner != ownerAt((i + 1) % points)) {
        add(Integer.toUnsignedString(placement.pointAt(i)));
        add(nameOf(owner));
      }
    }
  }

  private int ownerAt(long point) {
    return ownerOf(Integer.toUnsignedLong(placement.pointAt(point)));
  }

  private int ownerOf(long hash) {
    return placement.serverOf(hash, new byte[0], 0, 0);
  }

  /** The slots of a server are neighbours, as many as its weight. */
  private void addSlots() {
    addHash();
    long slot = 0;
    while (slot < placement.positions()) {
      int owner = ownerOf(slot);
      slot += placement.server(owner).weight();
      add(nameOf(owner));
      add(slot);
    }
  }

  private void addHash() {
    RingSettings ring = (RingSettings) placement.pool().placement();
    add(ring.hash());
    add(ring.keyBytes());
    add(String.valueOf(ring.hashTag()));
  }

  private void addFunction(McrouterHashSettings hash) {
    add(hash.function());
    add(hash.salt());
    Stream<String> servers =
        IntStream.range(0, placement.pool().servers().size())
            .mapToObj(server -> textOf(hash, server));
    (hash.function().usesTags() ? servers.sorted() : servers).forEach(this::add);
  }

  private String textOf(McrouterHashSettings hash, int server) {
    String tag = hash.function().usesTags() ? hash.tag(nameOf(server), server) : "";
    return tag + '\0' + placement.weight(server) + '\0' + nameOf(server);
  }

  private String nameOf(int server) {
    return placement.server(server).name();
  }

  private void add(Object part) {
    digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
