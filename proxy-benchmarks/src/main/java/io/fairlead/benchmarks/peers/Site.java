package io.fairlead.benchmarks.peers;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a peer is to run and what is behind it.
 *
 * @param root of the source tree, which holds the {@code fairlead} launcher
 * @param directory of its own, for files that it writes
 * @param port on loopback to listen on; the nine after it are free for its admin listeners
 * @param backendPorts loopback ports of the memcached servers
 * @param isReplicated whether every value goes to all servers
 */
public record Site(
    Path root, Path directory, int port, List<Integer> backendPorts, boolean isReplicated) {}
