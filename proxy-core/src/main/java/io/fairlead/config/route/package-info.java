/**
 * Trees of routes as they are configured, whatever the dialect: a record for each kind of node.
 *
 * <p>Start reading at {@link io.fairlead.config.route.RouteSettings}.
 */
@NullMarked
package io.fairlead.config.route;

import org.jspecify.annotations.NullMarked;
