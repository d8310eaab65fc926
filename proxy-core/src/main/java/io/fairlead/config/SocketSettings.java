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
 * @param descriptor that of a listening TCP socket which the process has inherited, whose address
 *     is taken then; null for one of its own
 */
public record SocketSettings(
    int backlog,
    boolean keepAlive,
    boolean reusePort,
    @Nullable Integer mode,
    @Nullable Integer descriptor) {
  public static final SocketSettings DEFAULT = new SocketSettings(1024, true, false, null);

  /** For a socket of its own. */
  public SocketSettings(int backlog, boolean keepAlive, boolean reusePort, @Nullable Integer mode) {
    this(backlog, keepAlive, reusePort, mode, null);
  }
}
