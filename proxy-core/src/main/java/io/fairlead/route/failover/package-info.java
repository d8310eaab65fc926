/**
 * Routes that ask one child after the other until one of them does what the others could not.
 *
 * <p>Start reading at {@link io.fairlead.route.failover.FailoverRoutes}.
 */
@NullMarked
package io.fairlead.route.failover;

import org.jspecify.annotations.NullMarked;
