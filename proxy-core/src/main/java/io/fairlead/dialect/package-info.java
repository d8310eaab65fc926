/**
 * Reads configuration files of every dialect: the content tells which it is.
 *
 * <p>Start reading at {@link io.fairlead.dialect.FileLoader}. It knows the readers of all dialects,
 * which know nothing of each other, and gives the same settings for each. Used by the starting
 * thread, and by the one that watches the files.
 */
@NullMarked
package io.fairlead.dialect;

import org.jspecify.annotations.NullMarked;
