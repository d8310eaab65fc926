package io.fairlead.health;

/** What an operator wants of a server, whatever its health; until told otherwise. */
public enum Hold {
  /** Nothing: its health decides. */
  NONE,
  /** It gets nothing new, and its keys go where those of an ejected server do. */
  DRAINED,
  /** It gets nothing now: requests for it wait. */
  PAUSED
}
