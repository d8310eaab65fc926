/**
 * Configuration files of other proxies: what they say here, and to the program they were written
 * for.
 */
@NullMarked
package io.fairlead.dialect;

import org.jspecify.annotations.NullMarked;
