/**
 * The container image, looked at as a file and run as container engines run it. Begin with {@link
 * io.fairlead.image.Image}, which is what is in the tar, and {@link io.fairlead.image.Engine},
 * which runs it.
 */
@NullMarked
package io.fairlead.image;

import org.jspecify.annotations.NullMarked;
