package io.fairlead.testkit.cache;

/** What a storage command does with an item that is there or not. */
enum StoreMode {
  SET,
  ADD,
  REPLACE,
  APPEND,
  PREPEND,
  CAS
}
