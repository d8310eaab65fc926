/**
 * Routes that send every request to all of their children, and what they answer then.
 *
 * <p>Start reading at {@link io.fairlead.route.fan.FanRoutes}.
 */
@NullMarked
package io.fairlead.route.fan;

import org.jspecify.annotations.NullMarked;
