package io.fairlead.config.route;

import io.fairlead.config.ReplySettings;

/**
 * A tree of routes that clients can be connected to.
 *
 * @param replies what clients are told when a server fails
 */
public record RouteTreeSettings(String name, RouteSettings root, ReplySettings replies) {
  /** A tree with every other setting at its default. */
  public static RouteTreeSettings of(String name, RouteSettings root) {
    return new RouteTreeSettings(name, root, ReplySettings.DEFAULT);
  }
}
