/**
 * The entry point, {@link io.fairlead.server.Fairlead}, and commands of a class or two. A command
 * with parts of its own has a package, as {@link io.fairlead.server.serve.ServeCommand}, which is
 * what production runs; what several need is below them, in {@code command}, {@code settings},
 * {@code log} and {@code process}. Nothing knows this package.
 */
@NullMarked
package io.fairlead.server;

import org.jspecify.annotations.NullMarked;
