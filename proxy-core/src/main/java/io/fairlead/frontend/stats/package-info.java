/**
 * The {@code stats} command: what the proxy tells of itself in memcached's form and, where it has
 * them, under memcached's names.
 *
 * <p>Start reading at {@link io.fairlead.frontend.stats.StatsReply}. One object serves all event
 * loops; a reply is made on the loop of the client that asks, without waiting for the others or for
 * a server.
 */
@NullMarked
package io.fairlead.frontend.stats;

import org.jspecify.annotations.NullMarked;
