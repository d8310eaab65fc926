package io.fairlead.config;

import io.fairlead.config.PoolSettings.Mode;
import io.fairlead.config.ReplicaSettings.MissedWrites;
import io.fairlead.config.ReplicaSettings.Promote;
import io.fairlead.config.ReplicaSettings.ReadFrom;
import io.fairlead.config.ReplicaSettings.WritePolicy;
import org.jspecify.annotations.Nullable;

/** Reads what a pool does with replicas, from the keys of the pool. */
final class ReplicaReader {
  private static final String SHARE = "true, false or a number from 0 to 1";

  /** Null when it was refused; then nothing is refused because of it. */
  private final @Nullable Mode mode;

  ReplicaReader(@Nullable Mode mode) {
    this.mode = mode;
  }

  ReplicaSettings read(MappingReader map) {
    ReplicaSettings defaults = ReplicaSettings.defaultFor(mode == null ? Mode.REPLICATED : mode);
    WritePolicy writes =
        map.optional("writes", defaults.writes(), ofReplicas(ValueKind.oneOf(WritePolicy.class)));
    ReadFrom reads =
        map.optional("reads", defaults.reads(), ofReplicas(ValueKind.oneOf(ReadFrom.class)));
    boolean missFailover =
        map.optional("miss_failover", defaults.missFailover(), ofReplicas(ValueKind.flag()));
    double repair =
        map.optional(
            "repair",
            missFailover ? defaults.repair() : 0,
            ofReplicas(value -> readRepair(value, missFailover)));
    MissedWrites missedWrites =
        map.optional(
            "missed_writes",
            defaults.missedWrites(),
            ofReplicas(ValueKind.oneOf(MissedWrites.class)));
    Promote promote =
        map.optional("promote", defaults.promote(), ofPrimary(ValueKind.oneOf(Promote.class)));
    boolean failBack = map.optional("fail_back", defaults.failBack(), ofPrimary(ValueKind.flag()));
    return new ReplicaSettings(
        writes, reads, missFailover, repair, missedWrites, promote, failBack);
  }

  private <T> ValueKind<T> ofReplicas(ValueKind<T> kind) {
    return value ->
        mode == Mode.SHARDED
            ? value.refuse(
                "nothing, as only a pool with mode: replicated or primary_replica has it")
            : kind.read(value);
  }

  private <T> ValueKind<T> ofPrimary(ValueKind<T> kind) {
    return value ->
        mode == Mode.SHARDED || mode == Mode.REPLICATED
            ? value.refuse("nothing, as only a pool with mode: primary_replica has it")
            : kind.read(value);
  }

  private static @Nullable Double readRepair(ConfigValue value, boolean missFailover) {
    String text = value.unquoted();
    if ("false".equals(text)) {
      return 0.0;
    }
    if (!missFailover) {
      return value.refuse("false, as with miss_failover: false no miss is found out");
    }
    if ("true".equals(text)) {
      return 1.0;
    }
    boolean isNumber = text != null && ValueKind.DECIMAL.matcher(text).matches();
    double part = isNumber ? Double.parseDouble(text) : -1;
    return part >= 0 && part <= 1 ? (Double) part : value.refuse(SHARE);
  }
}
