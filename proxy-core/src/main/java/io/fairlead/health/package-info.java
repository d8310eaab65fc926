/**
 * When a server is ejected and when it comes back, as a state machine driven by a clock it is
 * given.
 *
 * <p>Plain Java: it knows no sockets and starts no timers. Each event loop has its own instance for
 * each server and is its only user.
 */
@NullMarked
package io.fairlead.health;

import org.jspecify.annotations.NullMarked;
