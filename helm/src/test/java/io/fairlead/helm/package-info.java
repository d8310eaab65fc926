/**
 * The chart helm/fairlead, rendered by Helm itself and looked at as a cluster would: begin with
 * {@link io.fairlead.helm.Rendering}, which renders, and {@link io.fairlead.helm.Objects}, which is
 * what came out. No cluster is needed.
 */
@NullMarked
package io.fairlead.helm;

import org.jspecify.annotations.NullMarked;
