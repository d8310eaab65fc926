/** The proxy with clients that authenticate, and before servers that want a password. */
@NullMarked
package io.fairlead.access;

import org.jspecify.annotations.NullMarked;
