/** TLS on both sides of the proxy, against a real memcached and real clients. */
@NullMarked
package io.fairlead.secure;

import org.jspecify.annotations.NullMarked;
