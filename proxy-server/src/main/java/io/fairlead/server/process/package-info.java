/**
 * What a process that runs a proxy is: start, signals, the ports for operators, the end, and what
 * is said when it does not start.
 *
 * <p>Runs on the main thread and, to stop, on the shutdown hook; no request passes here.
 */
@NullMarked
package io.fairlead.server.process;

import org.jspecify.annotations.NullMarked;
