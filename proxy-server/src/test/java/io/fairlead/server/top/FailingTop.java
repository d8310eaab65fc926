package io.fairlead.server.top;

import java.time.Duration;

/** A process that fills the terminal and fails by a mistake of ours. */
public final class FailingTop {
  private FailingTop() {}

  public static void main(String[] args) throws Exception {
    Feed feed =
        new Feed(
            () -> {
              throw new IllegalStateException("ours");
            },
            Duration.ofSeconds(1));
    new LiveForm(feed, 0, true).run((signal, action) -> {});
  }
}
