/**
 * Which servers have a key now, asked of the servers themselves.
 *
 * <p>Start reading at {@link io.fairlead.server.holders.Inquiry}. Each server is asked by a thread
 * of its own, which blocks; what they say is read by the thread that waited for them.
 */
@NullMarked
package io.fairlead.server.holders;

import org.jspecify.annotations.NullMarked;
