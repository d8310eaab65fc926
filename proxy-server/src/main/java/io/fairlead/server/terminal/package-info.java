/**
 * What a person sees of a command that takes its time: {@link
 * io.fairlead.server.terminal.Progress}, colours where they help, and {@link
 * io.fairlead.server.terminal.Screen} for one that fills the terminal. Everything here is plain
 * text when nobody sits at a terminal. Knows nothing of memcached.
 */
@NullMarked
package io.fairlead.server.terminal;

import org.jspecify.annotations.NullMarked;
