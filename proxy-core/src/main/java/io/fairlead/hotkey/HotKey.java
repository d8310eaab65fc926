package io.fairlead.hotkey;

/**
 * A key of which much is asked.
 *
 * @param key its text, of which everything but printable ASCII is written as {@code \xHH}; or what
 *     the settings let be shown of it
 * @param share the part of the pool's requests that ask for it, at least; those of the last seconds
 *     count most
 * @param error by how much {@code share} may be too small, besides what chance does
 * @param perSecond requests for it in a second
 */
public record HotKey(String pool, String key, double share, double error, double perSecond) {}
