/**
 * The pages of docs, which are read as users read them: links lead somewhere, and the commands in
 * blocks that begin with <code>```console run</code> print what stands below them.
 */
@NullMarked
package io.fairlead.book;

import org.jspecify.annotations.NullMarked;
