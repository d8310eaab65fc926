/**
 * Makes routes from settings.
 *
 * <p>Start reading at {@link io.fairlead.route.tree.TreeBuilder}.
 */
@NullMarked
package io.fairlead.route.tree;

import org.jspecify.annotations.NullMarked;
