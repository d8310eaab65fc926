package io.fairlead.server.report;

import io.fairlead.placement.PoolPlacement;
import io.fairlead.server.holders.Holding;
import java.io.IOException;
import java.util.List;

/** Writes which servers have keys, one key after the other. */
public interface LiveReport {
  /** Writes that no server was asked for a key. */
  void refused(String refusal, byte[] key) throws IOException;

  /** Writes what the servers of a pool have under a key. */
  void add(PoolPlacement pool, byte[] key, List<Holding> holdings) throws IOException;

  /** Writes what is still kept back. */
  void end() throws IOException;
}
