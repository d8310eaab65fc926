/**
 * What the proxy costs: the side-by-side comparison with its peers, and the JMH benchmarks.
 *
 * <p>Start reading at {@link io.fairlead.benchmarks.Comparison}. It starts the processes of {@code
 * peers}, drives the generator of {@code load} in a process of its own, and hands the slices that
 * come back to {@code report}. Everything here runs on the main thread.
 */
@NullMarked
package io.fairlead.benchmarks;

import org.jspecify.annotations.NullMarked;
