/**
 * Routes that let fewer requests pass, or pass later.
 *
 * <p>Start reading at {@link io.fairlead.route.limit.LimitRoutes}.
 */
@NullMarked
package io.fairlead.route.limit;

import org.jspecify.annotations.NullMarked;
