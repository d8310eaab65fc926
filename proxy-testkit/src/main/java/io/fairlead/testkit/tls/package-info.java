/**
 * TLS for tests: an authority that issues certificates ({@link io.fairlead.testkit.tls.Authority}),
 * a real memcached that speaks TLS, a tunnel by which every client of the testkit can, and openssl
 * as a client.
 */
@NullMarked
package io.fairlead.testkit.tls;

import org.jspecify.annotations.NullMarked;
