/**
 * Routes that pass each request to one of their children.
 *
 * <p>Start reading at {@link io.fairlead.route.select.SelectRoutes}.
 */
@NullMarked
package io.fairlead.route.select;

import org.jspecify.annotations.NullMarked;
