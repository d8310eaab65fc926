/**
 * What one event loop owns and shares with nobody: its connections' buffers, the flush at the end
 * of a turn, the coarse clock, the memory account.
 *
 * <p>Start reading at {@link io.fairlead.loop.ProxyLoop}, then {@link io.fairlead.loop.Connection}.
 * Everything runs on the loop's thread and fields are plain. Nothing here knows what the bytes
 * mean.
 */
@NullMarked
package io.fairlead.loop;

import org.jspecify.annotations.NullMarked;
