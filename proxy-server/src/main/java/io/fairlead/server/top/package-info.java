/**
 * {@code fairlead top}: what a running proxy does, as it happens. {@link
 * io.fairlead.server.top.PlainForm} writes lines; it takes {@link io.fairlead.server.top.Event}s
 * from a queue, which {@link io.fairlead.server.top.Feed} fills on a thread of its own. Counts of
 * the proxy become {@link io.fairlead.server.top.Rates} here.
 */
@NullMarked
package io.fairlead.server.top;

import org.jspecify.annotations.NullMarked;
