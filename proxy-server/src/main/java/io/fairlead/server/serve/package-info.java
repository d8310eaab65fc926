/**
 * {@code fairlead serve}, which production runs, and its options.
 *
 * <p>Start reading at {@link io.fairlead.server.serve.ServeCommand}.
 */
@NullMarked
package io.fairlead.server.serve;

import org.jspecify.annotations.NullMarked;
