package io.fairlead.runtime;

/**
 * A socket that another process may be given.
 *
 * @param name what it is for
 */
public record HeldSocket(String name, int descriptor) {}
