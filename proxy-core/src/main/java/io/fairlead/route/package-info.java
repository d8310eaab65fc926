/**
 * Which server or servers get a request, and how several replies become one.
 *
 * <p>Start reading at {@link io.fairlead.route.Route}. A route belongs to one event loop. It knows
 * servers and the meaning of commands, but no clients: who sent a request is a {@link
 * io.fairlead.backend.ReplySink} to it.
 */
@NullMarked
package io.fairlead.route;

import org.jspecify.annotations.NullMarked;
