/**
 * Connections to memcached servers: sending requests, matching replies to them, deadlines,
 * ejection.
 *
 * <p>Start reading at {@link io.fairlead.backend.Server} and {@link
 * io.fairlead.backend.ServerConnection}. Each event loop has its own instances. A request is an
 * {@link io.fairlead.backend.Exchange}; whoever sent it is told what became of it as a {@link
 * io.fairlead.backend.ReplySink}. Nothing here knows clients, or why a key belongs to this server.
 */
@NullMarked
package io.fairlead.backend;

import org.jspecify.annotations.NullMarked;
