package io.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the clients of a listener are, and what they may do.
 *
 * @param users the file with the names and hashed passwords of those who may connect; null when
 *     nobody has to say who he is
 * @param rules what each identity may do; empty when everybody may do everything that the listener
 *     allows
 */
public record AccessSettings(@Nullable Path users, List<AccessRule> rules) {
  /** Nobody has to say who he is, and everybody may do the same. */
  public static final AccessSettings OPEN = new AccessSettings(null, List.of());

  // Written out because a compact constructor loses the @Nullable of its parameters.
  public AccessSettings(@Nullable Path users, List<AccessRule> rules) {
    this.users = users;
    this.rules = List.copyOf(rules);
  }
}
