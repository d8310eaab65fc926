/**
 * Copies what one set of servers has into another, {@code fairlead warm}.
 *
 * <p>Start reading at {@link io.fairlead.server.warm.Warming}. The keys are listed into a temporary
 * file first; then they are read and added in small batches, so that memory stays bounded. Nothing
 * that the target has is ever replaced.
 */
@NullMarked
package io.fairlead.server.warm;

import org.jspecify.annotations.NullMarked;
