package io.fairlead.server.remote;

import io.fairlead.config.DurationText;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.UserError;
import io.fairlead.server.remote.HeldServerOptions.Found;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fairlead resume}: the undo of {@code drain}, and of a pause. */
@Command(
    name = "resume",
    customSynopsis = "fairlead resume [OPTIONS] SERVER",
    description = {
      "Lets a drained or paused server serve again, and waits until it is up.",
      "It is probed first; each state that it gets into is a line."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead resume cache-a --token-file /etc/fairlead/admin.token",
      "  fairlead resume 10.0.0.1:11211 --pool main --admin proxy1:5001",
      "",
      ExitStatus.OK + "up" + ExitStatus.FAILED + "not in time or refused" + ExitStatus.USAGE
    })
public final class ResumeCommand extends HelpfulCommand {
  private static final String UP = "up";

  @Mixin private HeldServerOptions which = new HeldServerOptions();

  private String state = "";

  @Override
  public Integer call() throws UserError, InterruptedException {
    Found server = which.find();
    Order order = which.order(server, "resume");
    show(server, order.state(), "");
    boolean isUp =
        state.equals(UP)
            || which.await(
                server,
                now -> now.state().equals(UP),
                now -> show(server, now.state(), now.reason()));
    if (!isUp) {
      throw new UserError(
          server
              + " is not up after "
              + DurationText.format(which.timeout())
              + ", but "
              + state
              + ". It is probed on: is its memcached running?");
    }
    return 0;
  }

  private void show(Found server, String now, String reason) {
    if (now.equals(state)) {
      return;
    }
    state = now;
    PrintWriter out = out();
    out.println(server + ": " + now + (reason.isEmpty() ? "" : ", " + reason));
    out.flush();
  }
}
