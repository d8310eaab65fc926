package io.fairlead.route.pool;

import io.fairlead.config.ReplicaSettings;
import io.fairlead.config.ReplicaSettings.Promote;

/** Which server of a pool decides writes at the moment. */
final class Primary {
  private static final int NONE = -1;

  private final ServerGroup servers;
  private final ReplicaSettings settings;
  private int present;

  Primary(ServerGroup servers) {
    this.servers = servers;
    this.settings = servers.settings().replicas();
  }

  /** Its index; negative when there is none. */
  int index() {
    if (settings.promote() == Promote.NEVER) {
      return servers.size() > 0 && servers.get(0).isUp() ? 0 : NONE;
    }
    if (settings.failBack()) {
      return servers.firstUp(0);
    }
    return servers.size() > 0 && servers.get(present).isUp() ? present : promoted();
  }

  private int promoted() {
    int first = servers.firstUp(0);
    if (first >= 0) {
      present = first;
    }
    return first;
  }
}
