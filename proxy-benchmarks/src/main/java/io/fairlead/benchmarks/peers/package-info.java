/**
 * The processes under comparison: real memcached servers and the proxies in front of them.
 *
 * <p>Start reading at {@link io.fairlead.benchmarks.peers.Peer}. Every process started here is
 * ended by {@link io.fairlead.benchmarks.peers.OwnedProcesses}, and no other process is touched.
 */
@NullMarked
package io.fairlead.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
