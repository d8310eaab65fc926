package io.fairlead.runtime;

import java.time.Duration;

/**
 * When the number of event loops that take clients changes, where it follows the load.
 *
 * @param look how often is looked at how busy they are
 * @param full from which part of their time, on average, they are full
 * @param fullLooks how often in a row they have to be full before there is one more
 * @param low up to which part of its time each would be busy, with one fewer, that one fewer is
 *     enough by far
 * @param lowLooks how often in a row that has to be so before there is one fewer
 */
public record LoopRule(Duration look, double full, int fullLooks, double low, int lowLooks) {
  /*
   * Up within seconds, as clients wait; down after minutes, as nobody does. Loops are not added for a
   * burst, which larger batches get over as well, nor taken away between two of them.
   */
  public static final LoopRule USUAL = new LoopRule(Duration.ofSeconds(1), 0.75, 5, 0.4, 300);
}
