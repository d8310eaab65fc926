/**
 * What has happened of late, for operators who look: the last lines of the log, in memory.
 *
 * <p>Start reading at {@link io.fairlead.server.events.RecentEvents}. Written by whichever thread
 * logs, read by any; knows nothing of the library that logs.
 */
@NullMarked
package io.fairlead.server.events;

import org.jspecify.annotations.NullMarked;
