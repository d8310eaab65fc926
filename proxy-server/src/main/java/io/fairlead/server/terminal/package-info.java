/**
 * What a person sees of a command that takes its time: {@link
 * io.fairlead.server.terminal.Progress}, and colours where they help. Everything here is plain text
 * when nobody sits at a terminal. Knows nothing of memcached.
 */
@NullMarked
package io.fairlead.server.terminal;

import org.jspecify.annotations.NullMarked;
