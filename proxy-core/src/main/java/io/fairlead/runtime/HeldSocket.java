package io.fairlead.runtime;

/**
 * A listening socket that one process gives to another.
 *
 * @param name what it is for
 */
public record HeldSocket(String name, int descriptor) {}
