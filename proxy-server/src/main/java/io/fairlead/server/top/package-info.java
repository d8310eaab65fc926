/**
 * {@code fairlead top}: what a running proxy does, as it happens. {@link
 * io.fairlead.server.top.LiveForm} fills a terminal with a {@link io.fairlead.server.top.Picture},
 * {@link io.fairlead.server.top.PlainForm} writes lines; both take {@link
 * io.fairlead.server.top.Event}s from a queue, which {@link io.fairlead.server.top.Feed} fills.
 * Counts of the proxy become {@link io.fairlead.server.top.Rates} here. Runs on the main thread,
 * but for the one that asks and the one that reads keys.
 */
@NullMarked
package io.fairlead.server.top;

import org.jspecify.annotations.NullMarked;
