package io.fairlead.server.remote;

/**
 * What became of an order.
 *
 * @param state of the server
 * @param inFlight requests that it has not answered yet
 * @param warning what the proxy has to say about it; empty for nothing
 */
public record Order(String state, long inFlight, String warning) {}
