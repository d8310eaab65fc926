/**
 * {@code fairlead nutcracker}: the command line of nutcracker, read as nutcracker reads it, with
 * its sentences and statuses.
 *
 * <p>Start reading at {@link io.fairlead.server.nutcracker.NutcrackerOptions}.
 */
@NullMarked
package io.fairlead.server.nutcracker;

import org.jspecify.annotations.NullMarked;
