package io.fairlead.config;

/** What the servers that a source names are called on the ring. */
public enum Identity {
  /** The first label of the host name: the name of a pod, which survives restarts and moves. */
  HOSTNAME,
  /** The whole name, with the port when it is not 11211, as twemproxy names a server. */
  FQDN,
  /** The address, with the port when it is not 11211: another address is another server. */
  ADDRESS
}
