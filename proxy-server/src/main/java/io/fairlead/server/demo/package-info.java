/**
 * {@code fairlead demo}: a proxy and its servers in one process, to play with; and the rehearsal of
 * a start, which needs the same.
 *
 * <p>Start reading at {@link io.fairlead.server.demo.Demo}.
 */
@NullMarked
package io.fairlead.server.demo;

import org.jspecify.annotations.NullMarked;
