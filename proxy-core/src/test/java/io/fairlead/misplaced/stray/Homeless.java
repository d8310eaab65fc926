package io.fairlead.misplaced.stray;

/** Belongs to a package that nobody has given a place. */
public class Homeless {}
