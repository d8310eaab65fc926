package io.fairlead.server.settings;

import io.fairlead.config.Address;
import io.fairlead.config.AdminSettings;
import io.fairlead.config.ListenerSettings;
import io.fairlead.config.ListenerSettings.GuardedCommand;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ThreadSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Settings of a proxy whose listeners all lead to one pool. */
public final class OnePool {
  private OnePool() {}

  public static ProxySettings settings(
      PoolSettings pool,
      List<? extends Address> listen,
      Set<GuardedCommand> allow,
      Address.@Nullable Tcp admin,
      ThreadSettings threads) {
    return ProxySettings.of(
            listen.stream()
                .map(address -> ListenerSettings.of(address, pool.name(), allow))
                .toList(),
            List.of(pool))
        .admin(AdminSettings.orNone(admin))
        .threads(threads)
        .build();
  }
}
