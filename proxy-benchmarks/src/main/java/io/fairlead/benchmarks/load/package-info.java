/**
 * The load generator: requests, the connections they travel on, and the check of every reply.
 *
 * <p>Start reading at {@link io.fairlead.benchmarks.load.Generator}, the main class of a process of
 * its own. Its main thread takes orders and reads {@code /proc}; one loop thread does all traffic;
 * an alarm clock wakes that loop when the open loop has a request due. To a peer that speaks TLS a
 * {@code SecureChannel} takes the place of the socket. Knows no peers and no reports.
 */
@NullMarked
package io.fairlead.benchmarks.load;

import org.jspecify.annotations.NullMarked;
