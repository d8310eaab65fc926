package io.fairlead.access;

import io.fairlead.config.AccessSettings;
import org.jspecify.annotations.Nullable;

/** Who the clients of a listener have to be, and what they may do. */
public final class ClientAccess {
  private final @Nullable UserFile users;
  private final AccessRules rules;
  private final Authenticator authenticator;

  /**
   * @param users those who may connect; null when nobody has to say who he is
   */
  ClientAccess(@Nullable UserFile users, AccessSettings settings, Authenticator authenticator) {
    this.users = users;
    this.rules = new AccessRules(settings.rules());
    this.authenticator = authenticator;
  }

  /** The file of those who may connect; null when nobody has to say who he is. */
  public @Nullable UserFile users() {
    return users;
  }

  public Authenticator authenticator() {
    return authenticator;
  }

  /** Whether anything depends on who a client is. */
  public boolean isOpen() {
    return users == null && rules.of(null) == null;
  }

  /**
   * What a client may do; null for everything.
   *
   * @param identity who it is; null when it has not said so
   */
  public @Nullable Permissions of(@Nullable String identity) {
    return rules.of(identity);
  }

  /** Whether clients are served, in some respect, that have not said who they are. */
  public boolean admitsStrangers() {
    return users == null || rules.haveAnyForEverybody();
  }
}
