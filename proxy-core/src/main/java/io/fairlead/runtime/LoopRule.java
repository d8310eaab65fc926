package io.fairlead.runtime;

import java.time.Duration;

/**
 * When the number of event loops that take clients changes, where it follows the load.
 *
 * @param look how often is looked at how busy they are
 * @param fullLooks how often in a row all of them together have to be full before there is one more
 * @param lowLooks how often in a row one fewer has to be enough by far before there is one fewer
 */
public record LoopRule(Duration look, int fullLooks, int lowLooks) {
  /*
   * Up within seconds, as clients wait; down after minutes, as nobody does. Loops are not added for a
   * burst, which larger batches get over as well, nor taken away between two of them.
   */
  public static final LoopRule USUAL = new LoopRule(Duration.ofSeconds(1), 5, 300);
}
