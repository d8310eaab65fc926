package io.fairlead.server.admin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A configuration that stays as it is, however often it is read. */
record FixedConfig(ConfigStatus status) implements Reloading {
  @Override
  public CompletionStage<ConfigStatus> reload() {
    return CompletableFuture.completedStage(status);
  }
}
