/** Servers and host names that are looked up, with real sockets. */
@NullMarked
package io.fairlead.discovery;

import org.jspecify.annotations.NullMarked;
