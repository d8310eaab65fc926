package io.fairlead.spool;

/** Who is told what became of a delete that was handed in; exactly once, on its own event loop. */
public interface Receipt {
  /** It is in the spool, as safe as the policy says, and its server is held back from now on. */
  void onSpooled();

  /** The spool cannot take it. */
  void onRefused();
}
