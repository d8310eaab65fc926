/**
 * From measured slices to paired ratios, tables, JSON and a verdict against recorded bars.
 *
 * <p>Start reading at {@link io.fairlead.benchmarks.report.Slices}. Plain values and text; no
 * processes, no sockets.
 */
@NullMarked
package io.fairlead.benchmarks.report;

import org.jspecify.annotations.NullMarked;
