package io.fairlead.server.report;

import io.fairlead.placement.KeyLines.KeySink;
import java.io.IOException;

/** Writes where keys are, one after the other. */
public interface WhereReport extends KeySink {
  /** Writes what is still kept back. */
  void end() throws IOException;
}
