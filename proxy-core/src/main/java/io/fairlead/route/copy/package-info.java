/**
 * Routes that copy values or requests from one place to another: a cold cache is warmed, a near one
 * filled, a staging one follows, large values live elsewhere or in pieces, shadows see requests.
 *
 * <p>Start reading at {@link io.fairlead.route.copy.CopyRoutes}. What is kept for a copy counts as
 * memory that the routes of the event loop keep; without room nothing is copied, and the client is
 * answered all the same.
 */
@NullMarked
package io.fairlead.route.copy;

import org.jspecify.annotations.NullMarked;
