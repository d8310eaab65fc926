package io.fairlead.server.demo;

import io.fairlead.config.Address;
import io.fairlead.config.ListenerSettings;
import io.fairlead.server.command.Choices;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.ListenText;
import io.fairlead.server.command.UserError;
import io.fairlead.server.log.LogOptions;
import io.fairlead.server.log.Logs;
import io.fairlead.server.process.UntilStopped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fairlead demo}: a proxy and its servers in one process, to play with. */
@Command(
    name = "demo",
    description = {
      "Runs a proxy and three memcached servers in one process.",
      "Prints what to type next. Other machines cannot connect."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead demo",
      "  fairlead demo --nodes 5 --replicated --port 5100",
      "",
      ExitStatus.OK + "told to stop" + ExitStatus.FAILED + "not started" + ExitStatus.USAGE
    })
public final class DemoCommand extends HelpfulCommand {
  @Option(
      names = "--port",
      paramLabel = "N",
      converter = Choices.Port.class,
      description = "Where the proxy listens; default: 5000.")
  private int port = ListenerSettings.DEFAULT_PORT;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      converter = Choices.Nodes.class,
      description = "How many memcached servers; default: 3.")
  private int nodes = 3;

  @Option(
      names = "--replicated",
      description = "Keep every key on every server; default: each key on one server.")
  private boolean replicated;

  @Mixin private LogOptions log;

  @SuppressWarnings("NullAway.Init") // picocli sets the options
  DemoCommand() {}

  @Override
  public Integer call() throws UserError, InterruptedException {
    LocalPorts.requireFree(port);
    Logs.quiet();
    log.apply();
    Address.Tcp listen = new Address.Tcp(ListenText.THIS_MACHINE, port);
    UntilStopped.run(() -> Demo.start(listen, nodes, replicated), this::explain, Demo::close);
    return 0;
  }

  private void explain(Demo demo) {
    out().print(demo.guide());
    out().flush();
  }
}
