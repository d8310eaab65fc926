/**
 * The memcached text protocol, classic and meta: requests parsed and written, replies recognised.
 *
 * <p>Start reading at {@link io.fairlead.protocol.RequestParser} and {@link
 * io.fairlead.protocol.Command}. Knows bytes only: no servers, no routes, no connections. A parser
 * and its command are scratch space of one event loop.
 */
@NullMarked
package io.fairlead.protocol;

import org.jspecify.annotations.NullMarked;
