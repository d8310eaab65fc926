/**
 * The leaves of a tree of routes: the servers of a pool, and how a pool spreads keys over them.
 *
 * <p>Start reading at {@link io.fairlead.route.pool.ShardedPool}.
 */
@NullMarked
package io.fairlead.route.pool;

import org.jspecify.annotations.NullMarked;
