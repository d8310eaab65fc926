/**
 * Plain counters that the request path writes and others read.
 *
 * <p>An event loop owns one {@link io.fairlead.metrics.LoopStats}, and one {@link
 * io.fairlead.metrics.PoolStats} for each pool, and is their only writer; readers (the admin port,
 * the {@code stats} command) see values that may be a moment old, and never stop the loop. Nothing
 * here knows who reads them.
 */
@NullMarked
package io.fairlead.metrics;

import org.jspecify.annotations.NullMarked;
