package io.fairlead.model;

/**
 * What all clients of a run share.
 *
 * @param oneServer whether each key has one server, the same all the time
 */
record Model(long seed, Keys keys, Written written, boolean oneServer) {}
