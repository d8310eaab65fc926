/**
 * Questions about placement that are asked before, after and beside the running proxy: which server
 * has a key, who takes it over, how evenly keys are spread, what a change of settings would move.
 *
 * <p>Start reading at {@link io.fairlead.placement.PoolPlacement}. It answers from settings alone,
 * with the hashes and rings that requests are routed by; no server is asked. Used by the command
 * line, by one thread.
 */
@NullMarked
package io.fairlead.placement;

import org.jspecify.annotations.NullMarked;
