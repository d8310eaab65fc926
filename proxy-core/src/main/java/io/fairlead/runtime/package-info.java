/**
 * From settings to a running proxy: transports, event loops, listeners, start, drain and stop.
 *
 * <p>The top of the module; start reading at {@link io.fairlead.runtime.Proxy}.
 */
@NullMarked
package io.fairlead.runtime;

import org.jspecify.annotations.NullMarked;
