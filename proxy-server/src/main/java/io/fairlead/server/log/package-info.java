/**
 * The log of the process: its lines and their two forms, its level, and the queue that keeps those
 * who log from waiting for it.
 *
 * <p>Its parts are put together by {@link io.fairlead.server.log.LogSetup}. Start reading at {@link
 * io.fairlead.server.log.Logs}.
 */
@NullMarked
package io.fairlead.server.log;

import org.jspecify.annotations.NullMarked;
