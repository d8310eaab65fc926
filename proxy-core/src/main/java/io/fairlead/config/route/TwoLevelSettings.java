package io.fairlead.config.route;

import java.util.List;

/**
 * Reads that miss in the near cache are answered from the far one and copied to the near one.
 *
 * @param expiry of the copies
 * @param missExpiry how long the near cache remembers that the far one does not have a key
 * @param missRefreshEvery after so many reads of such a memory the far one is asked again; 0 for no
 *     such memories
 */
public record TwoLevelSettings(
    RouteSettings near, RouteSettings far, int expiry, int missExpiry, int missRefreshEvery)
    implements RouteSettings {
  @Override
  public List<RouteSettings> children() {
    return List.of(near, far);
  }
}
