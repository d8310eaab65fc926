package io.fairlead.server.admin;

/**
 * A key that is asked for much more often than others.
 *
 * @param share of the requests of its pool, 0 to 1
 */
public record HotKey(String pool, String key, double share, double perSecond) {}
