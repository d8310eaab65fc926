/**
 * Which keys of a pool are asked for most at present.
 *
 * <p>Each event loop has one {@link io.fairlead.hotkey.KeySampler} for each pool, which looks at
 * one of many keys that are routed there and lets a {@link io.fairlead.hotkey.KeySummary} count
 * those; nothing of it is shared, locked or allocated for a request. Whoever wants to know asks the
 * loops for a {@link io.fairlead.hotkey.KeySnapshot} each, of which {@link
 * io.fairlead.hotkey.HotKeys} makes the list. Start reading at {@code KeySampler}.
 */
@NullMarked
package io.fairlead.hotkey;

import org.jspecify.annotations.NullMarked;
