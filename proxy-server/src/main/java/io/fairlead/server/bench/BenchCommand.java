package io.fairlead.server.bench;

import io.fairlead.config.Address;
import io.fairlead.server.bench.BenchSettings.Mix;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.Servers;
import io.fairlead.server.command.ExitStatus;
import io.fairlead.server.command.FormatOption;
import io.fairlead.server.command.HelpfulCommand;
import io.fairlead.server.command.RateOption;
import io.fairlead.server.command.TimeOption;
import io.fairlead.server.command.UserError;
import io.fairlead.server.terminal.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead bench}: how fast a memcached or a proxy answers, under a load that is given. */
@Command(
    name = "bench",
    customSynopsis = "fairlead bench [OPTIONS] [HOST:PORT]",
    description = {
      "Measures how fast a proxy or a memcached answers at a given rate.",
      "Requests are sent when they are due, answered or not, and a reply is as late",
      "as it comes after that moment: so a stall is seen as clients would see it.",
      "Keys begin with fairlead-bench: and expire by themselves; no other key is",
      "touched."
    },
    footer = {
      "",
      "Examples:",
      "  fairlead bench --rate 20000 --duration 30s",
      "  fairlead bench 127.0.0.1:5000 --compare 127.0.0.1:11211",
      "  fairlead bench cache1:11211 --rate max --multiget 10 --format json",
      "",
      ExitStatus.OK
          + "measured"
          + ExitStatus.FAILED
          + "not reached or some requests failed"
          + ExitStatus.USAGE
    })
public final class BenchCommand extends HelpfulCommand {
  private static final int LONGEST_PREFIX = 200;
  private static final long MOST_BUFFERED = 64_000_000;

  @Parameters(
      paramLabel = "HOST:PORT",
      arity = "0..1",
      converter = BenchOption.Target.class,
      description = "A proxy or memcached; default: 127.0.0.1:5000.")
  private Address target = new Address.Tcp("127.0.0.1", 5000);

  @Option(
      names = "--compare",
      paramLabel = "HOST:PORT",
      converter = BenchOption.Target.class,
      description = {
        "Load this one, too, in turns with the other, and",
        "show the ratio: a memcached behind the proxy."
      })
  private @Nullable Address other;

  @Option(
      names = "--rate",
      paramLabel = "N",
      converter = RateOption.class,
      description = {"Requests per second; default: 1000. With max,", "as many as are answered."})
  private double rate = 1000;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "How long it counts, for each address; default: 10s.")
  private Duration duration = Duration.ofSeconds(10);

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "The same load before it counts; default: 2s.")
  private Duration warmUp = Duration.ofSeconds(2);

  @Option(
      names = "--connections",
      paramLabel = "N",
      converter = BenchOption.Connections.class,
      description = "Connections to each address; default: 16.")
  private int connections = 16;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      converter = BenchOption.Pipeline.class,
      description = {
        "Most requests in flight on one connection; others",
        "wait, and are late. Default: 64."
      })
  private int pipeline = 64;

  @Option(
      names = "--keys",
      paramLabel = "N",
      converter = BenchOption.Keys.class,
      description = "Keys, each set once before; default: 10000.")
  private int keys = 10_000;

  @Option(
      names = "--zipf",
      paramLabel = "S",
      converter = BenchOption.Skew.class,
      description = {
        "Ask for some keys more often, by Zipf's law with",
        "this exponent, as 0.99; default: 0, all alike."
      })
  private double skew;

  @Option(
      names = "--value-size",
      paramLabel = "BYTES",
      converter = BenchOption.ValueBytes.class,
      description = "Bytes of each value; default: 100.")
  private int valueBytes = 100;

  @Option(
      names = "--mix",
      paramLabel = "GETS:SETS",
      converter = BenchOption.MixText.class,
      description = "How many gets come with how many sets; default: 9:1.")
  private Mix mix = new Mix(9, 1);

  @Option(
      names = "--multiget",
      paramLabel = "N",
      converter = BenchOption.Multiget.class,
      description = "Keys of each get; default: 1.")
  private int multiget = 1;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      description = {"What keys begin with: fairlead-bench: (default) or", "that and more."})
  private String prefix = BenchSettings.OWN_PREFIX;

  @Mixin private FormatOption format = new FormatOption();

  @Override
  public Integer call() throws UserError {
    BenchSettings settings = settings();
    Progress progress = Progress.onStandardError(err());
    List<BenchResult> results;
    try {
      results = new Bench(settings, addresses(), progress::show).run();
    } catch (IOException e) {
      throw new UserError(e.getMessage() + " (is it running?)", e);
    } finally {
      progress.end();
    }
    print(results);
    return results.stream().allMatch(result -> result.errors() == 0) ? 0 : 1;
  }

  private BenchSettings settings() {
    if (!prefix.startsWith(BenchSettings.OWN_PREFIX)
        || !prefix.matches("[!-~]{1," + LONGEST_PREFIX + "}")) {
      throw mistake(
          "--prefix: "
              + prefix
              + " (expected: "
              + BenchSettings.OWN_PREFIX
              + " and more printable ASCII, so that nobody else's keys are overwritten)");
    }
    if ((long) connections * valueBytes > MOST_BUFFERED) {
      throw mistake(
          "--connections: "
              + connections
              + " (expected: "
              + MOST_BUFFERED / valueBytes
              + " at most for values of that size, as each has a buffer)");
    }
    return new BenchSettings(
        rate,
        warmUp,
        duration,
        connections,
        keys,
        skew,
        valueBytes,
        mix,
        multiget,
        pipeline,
        prefix);
  }

  private Map<String, SocketAddress> addresses() throws UserError {
    Map<String, SocketAddress> addresses = new LinkedHashMap<>();
    addresses.put(target.toString(), resolve(target));
    if (other != null && addresses.put(other.toString(), resolve(other)) != null) {
      throw mistake("--compare: " + other + " (expected: another address)");
    }
    return addresses;
  }

  private static SocketAddress resolve(Address address) throws UserError {
    try {
      return Servers.resolve(address);
    } catch (ServerException e) {
      throw new UserError(address + " " + e.getMessage() + ".", e);
    }
  }

  private void print(List<BenchResult> results) {
    PrintWriter out = out();
    if (format.isJson()) {
      out.print(BenchReport.json(results));
      out.flush();
      return;
    }
    out.print(BenchReport.text(results));
    out.flush();
    PrintWriter err = err();
    BenchReport.remarks(results).forEach(err::println);
    err.flush();
  }
}
