/**
 * The whole proxy, started in this JVM, between real clients and real memcached servers.
 *
 * <p>Start reading at {@link io.fairlead.it.ProxyUnderTest}, then at {@link
 * io.fairlead.it.EdgeCasesIT}. Every class fails when a Netty buffer was not released.
 */
@NullMarked
package io.fairlead.it;

import org.jspecify.annotations.NullMarked;
