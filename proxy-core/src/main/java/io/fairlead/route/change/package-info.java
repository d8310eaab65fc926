/**
 * Routes that send a request on with another key or another expiry, and the routing prefixes that
 * keys begin with.
 *
 * <p>Start reading at {@link io.fairlead.route.change.ChangeRoutes}; how a key is changed, and how
 * the client gets its own one back, is in {@link io.fairlead.route.change.Rekeying}.
 */
@NullMarked
package io.fairlead.route.change;

import org.jspecify.annotations.NullMarked;
