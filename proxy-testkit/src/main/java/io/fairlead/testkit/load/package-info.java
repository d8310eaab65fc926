/**
 * What generators of load are made of: {@link io.fairlead.testkit.load.Histogram} counts how long
 * replies took, {@link io.fairlead.testkit.load.PoissonTimes} says when requests are due, and
 * {@link io.fairlead.testkit.load.AlarmClock} wakes the loop that sends them in time.
 */
@NullMarked
package io.fairlead.testkit.load;

import org.jspecify.annotations.NullMarked;
