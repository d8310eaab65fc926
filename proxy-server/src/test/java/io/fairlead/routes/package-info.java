/** Trees of routes in front of real servers. */
@NullMarked
package io.fairlead.routes;

import org.jspecify.annotations.NullMarked;
