package io.fairlead.server.doctor;

import io.fairlead.config.ListenerSettings;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ThreadSettings;
import java.util.ArrayList;
import java.util.List;

/** Whether this machine grants what the settings need. */
final class MachineCheck {
  /** Jars, logs, event loops, the admin port and its clients. */
  private static final int OTHER_FILES = 100;

  /** What Java needs beside objects and buffers: code, classes, stacks. */
  private static final long JAVA_BYTES = 96L << 20;

  private static final int SUPPORTED_JAVA = 17;

  private final Machine machine;
  private final ProxySettings settings;

  MachineCheck(Machine machine, ProxySettings settings) {
    this.machine = machine;
    this.settings = settings;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    machine.openFiles().ifPresent(limit -> findings.add(openFiles(limit)));
    machine.backlog().ifPresent(limit -> findings.add(backlog(limit)));
    machine.memory().ifPresent(limit -> findings.add(memory(limit)));
    return findings;
  }

  private Finding java() {
    int feature = Runtime.Version.parse(machine.javaVersion()).feature();
    return feature < SUPPORTED_JAVA
        ? Finding.fail("java", "", machine.javaVersion() + " is too old: install 17 or newer")
        : Finding.ok("java", "", machine.javaVersion());
  }

  private Finding openFiles(long limit) {
    long needed = settings.limits().connections() + serverConnections() + OTHER_FILES;
    String text = limit + " are allowed, up to " + needed + " are needed";
    return limit < needed
        ? Finding.warn(
            "open files",
            "",
            text + ": raise the limit (ulimit -n, LimitNOFILE), or lower limits.connections")
        : Finding.ok("open files", "", text);
  }

  private long serverConnections() {
    long connections = 0;
    for (PoolSettings pool : settings.pools()) {
      connections += (long) pool.servers().size() * pool.connections();
    }
    ThreadSettings threads = settings.threads();
    int most = Math.min(threads.mostLoops(), Runtime.getRuntime().availableProcessors());
    return connections * Math.max(threads.loops(), most);
  }

  private Finding backlog(long limit) {
    int wanted =
        settings.listeners().stream()
            .map(ListenerSettings::socket)
            .mapToInt(socket -> socket.backlog())
            .max()
            .orElse(0);
    String text = "somaxconn is " + limit + ", listeners ask for " + wanted;
    return limit < wanted
        ? Finding.warn("backlog", "", text + ": set net.core.somaxconn to " + wanted)
        : Finding.ok("backlog", "", text);
  }

  private Finding memory(long limit) {
    long needed = machine.heap() + machine.direct() + JAVA_BYTES;
    String text = mebibytes(limit) + " for the container, up to " + mebibytes(needed) + " needed";
    return limit < needed
        ? Finding.warn(
            "memory", "", text + ": raise the limit, or lower FAIRLEAD_HEAP or FAIRLEAD_DIRECT")
        : Finding.ok("memory", "", text);
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
