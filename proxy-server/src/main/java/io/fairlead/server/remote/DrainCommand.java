package io.fairlead.server.remote;

import io.fairlead.config.DurationText;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.UserError;
import io.fairlead.server.remote.HeldServerOptions.Found;
import io.fairlead.server.remote.Snapshot.Server;
import io.fairlead.server.terminal.StatusLine;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fairlead drain}: has a running proxy leave a server alone, and waits until it does. */
@Command(
    name = "drain",
    customSynopsis = "fairlead drain [OPTIONS] SERVER",
    description = {
      "Takes a server out of a running proxy, and waits until nothing is in flight.",
      "Then it can be stopped. Its keys go where those of an ejected server go. It",
      "stays out, after reloads too, until fairlead resume or the end of the proxy."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead drain cache-a --token-file /etc/fairlead/admin.token",
      "  fairlead drain 10.0.0.1:11211 --pool main --admin proxy1:5001",
      "",
      ExitStatus.OK + "drained" + ExitStatus.FAILED + "not in time or refused" + ExitStatus.USAGE
    })
public final class DrainCommand extends HelpfulCommand {
  @Mixin private HeldServerOptions which = new HeldServerOptions();

  @Override
  public Integer call() throws UserError, InterruptedException {
    Found server = which.find();
    Order order = which.order(server, "drain");
    if (!order.warning().isEmpty()) {
      err().println("fairlead: warning: " + order.warning() + ".");
      err().flush();
    }
    await(server, order);
    PrintWriter out = out();
    out.println(server + ": drained, nothing is in flight");
    out.flush();
    return 0;
  }

  private void await(Found server, Order order) throws UserError, InterruptedException {
    if (isDone(order.state(), order.inFlight())) {
      return;
    }
    long[] left = {order.inFlight()};
    try (StatusLine line = StatusLine.onStandardError(err())) {
      boolean isDrained =
          which.await(
              server,
              now -> isDone(now.state(), now.inFlight()),
              now -> {
                left[0] = now.inFlight();
                line.show(progress(server, now));
              });
      if (isDrained) {
        return;
      }
    }
    throw new UserError(
        server
            + " is not drained after "
            + DurationText.format(which.timeout())
            + ", "
            + left[0]
            + " in flight. It stays out: wait on with the same command, or fairlead resume "
            + server.server()
            + ".");
  }

  private static String progress(Found server, Server now) {
    return server + "  " + now.state() + "  " + now.inFlight() + " in flight";
  }

  private static boolean isDone(String state, long inFlight) {
    return state.equals("drained") && inFlight == 0;
  }
}
