/**
 * Where the settings of a process come from: a file of any dialect and the options beside it, or
 * the command line of another program; at the start, and again while it runs.
 *
 * <p>Start reading at {@link io.fairlead.server.settings.ConfigFile}, and at {@link
 * io.fairlead.server.settings.LiveConfig} for what happens when a file changes. A start reads on
 * the main thread, everything later on the thread of the watch.
 */
@NullMarked
package io.fairlead.server.settings;

import org.jspecify.annotations.NullMarked;
