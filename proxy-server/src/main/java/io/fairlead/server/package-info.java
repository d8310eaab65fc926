/**
 * The process: command line, start, drain and stop.
 *
 * <p>Start reading at {@link io.fairlead.server.Fairlead}; {@link io.fairlead.server.ServeCommand}
 * is what production runs. Runs on the main thread and, to stop, on the shutdown hook; no request
 * passes here.
 */
@NullMarked
package io.fairlead.server;

import org.jspecify.annotations.NullMarked;
