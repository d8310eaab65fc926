package io.fairlead.discovery;

/** A server as DNS names it; {@code host} is a full name without the dot at its end. */
record SrvRecord(String host, int port) {}
