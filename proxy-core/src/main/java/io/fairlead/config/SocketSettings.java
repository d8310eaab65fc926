package io.fairlead.config;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel is told about a listener's socket.
 *
 * @param backlog connections the kernel keeps waiting to be accepted
 * @param keepAlive whether the kernel probes idle clients, and closes those that are gone; TCP only
 * @param reusePort whether other processes may listen on the same port, among which the kernel then
 *     spreads the clients; TCP only
 * @param mode permission bits of a unix socket; null for what the umask leaves
 */
public record SocketSettings(
    int backlog, boolean keepAlive, boolean reusePort, @Nullable Integer mode) {
  public static final SocketSettings DEFAULT = new SocketSettings(1024, true, false, null);
}
