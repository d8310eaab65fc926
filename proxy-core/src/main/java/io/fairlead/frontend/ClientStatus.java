package io.fairlead.frontend;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one client at a moment.
 *
 * @param address of the client; {@code unix} for one of a socket of this machine
 * @param listener the address that it has connected to
 * @param tls whether it speaks TLS
 * @param identity the name in its certificate, or that it has logged in with; null for none
 * @param age since it has connected
 * @param idle since something has come from it
 * @param lines of requests that were read
 * @param inFlight requests that it waits for
 * @param bufferedBytes of replies that are kept for it
 */
public record ClientStatus(
    String address,
    String listener,
    boolean tls,
    @Nullable String identity,
    Duration age,
    Duration idle,
    long lines,
    int inFlight,
    long bufferedBytes) {
  // Written out because a compact constructor loses the @Nullable of its parameters.
  public ClientStatus(
      String address,
      String listener,
      boolean tls,
      @Nullable String identity,
      Duration age,
      Duration idle,
      long lines,
      int inFlight,
      long bufferedBytes) {
    this.address = address;
    this.listener = listener;
    this.tls = tls;
    this.identity = identity;
    this.age = age;
    this.idle = idle;
    this.lines = lines;
    this.inFlight = inFlight;
    this.bufferedBytes = bufferedBytes;
  }
}
