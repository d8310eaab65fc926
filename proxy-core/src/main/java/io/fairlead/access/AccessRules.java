package io.fairlead.access;

import io.fairlead.config.AccessRule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the clients of a listener may do, by who they are. */
final class AccessRules {
  private final Map<String, Permissions> byIdentity = new HashMap<>();

  AccessRules(List<AccessRule> rules) {
    rules.forEach(rule -> byIdentity.put(rule.identity(), Permissions.of(rule)));
  }

  /**
   * What an identity may do; null for everything.
   *
   * @param identity null for one that has not said who it is
   */
  @Nullable Permissions of(@Nullable String identity) {
    if (byIdentity.isEmpty()) {
      return null;
    }
    boolean isNamed = identity != null && !identity.equals(AccessRule.EVERYBODY);
    Permissions own = isNamed ? byIdentity.get(identity) : null;
    return own == null ? byIdentity.getOrDefault(AccessRule.EVERYBODY, Permissions.NONE) : own;
  }

  /** Whether there is something that those may do who have not said who they are. */
  boolean haveAnyForEverybody() {
    return byIdentity.containsKey(AccessRule.EVERYBODY);
  }
}
