package io.fairlead.runtime;

import io.fairlead.frontend.Introspection;

/** Makes what answers questions about the proxy, for each listener that has it and each loop. */
@FunctionalInterface
public interface Introspections {
  Introspection on(LoopView view);
}
