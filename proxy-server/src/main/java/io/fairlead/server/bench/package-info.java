/**
 * A generator of load, {@code fairlead bench}: one thread and one selector, however many
 * connections.
 *
 * <p>Start reading at {@link io.fairlead.server.bench.Bench}, which does one phase after the other;
 * {@link io.fairlead.server.bench.LoadLoop} sends and reads. Requests are due at moments that are
 * drawn beforehand, and a reply is as late as it comes after the moment its request was due: a
 * stall of the server counts for every request that was due in it, sent or not. Nothing is
 * allocated for a request.
 */
@NullMarked
package io.fairlead.server.bench;

import org.jspecify.annotations.NullMarked;
