/**
 * How long a proxy takes to start, and how fast it is just then.
 *
 * <p>Start reading at {@link io.fairlead.benchmarks.start.StartMeasurement}.
 */
@NullMarked
package io.fairlead.benchmarks.start;

import org.jspecify.annotations.NullMarked;
