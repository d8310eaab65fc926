package io.fairlead.config.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes the keys of what passes; clients see their own.
 *
 * @param routingPrefix put before every key when it has been changed otherwise
 * @param ensurePrefix put before a key that does not begin with it
 * @param replacePrefix what a key begins with that is replaced by {@code ensurePrefix}
 * @param suffix put behind every key
 * @param inPlace whether the prefix overwrites the first bytes of the key
 */
public record ModifyKeySettings(
    RouteSettings target,
    @Nullable String routingPrefix,
    @Nullable String ensurePrefix,
    @Nullable String replacePrefix,
    @Nullable String suffix,
    boolean inPlace)
    implements RouteSettings {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ModifyKeySettings(
      RouteSettings target,
      @Nullable String routingPrefix,
      @Nullable String ensurePrefix,
      @Nullable String replacePrefix,
      @Nullable String suffix,
      boolean inPlace) {
    this.target = target;
    this.routingPrefix = routingPrefix;
    this.ensurePrefix = ensurePrefix;
    this.replacePrefix = replacePrefix;
    this.suffix = suffix;
    this.inPlace = inPlace;
  }

  /** One that puts no routing prefix before a key. */
  public ModifyKeySettings(
      RouteSettings target,
      @Nullable String ensurePrefix,
      @Nullable String replacePrefix,
      @Nullable String suffix,
      boolean inPlace) {
    this(target, null, ensurePrefix, replacePrefix, suffix, inPlace);
  }

  @Override
  public List<RouteSettings> children() {
    return List.of(target);
  }
}
