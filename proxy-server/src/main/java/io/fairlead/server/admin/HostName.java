package io.fairlead.server.admin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine. */
final class HostName {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  /** Asks the system and, only where that is unknown, the DNS, which may take its time. */
  static String read() {
    try {
      return Files.readString(LINUX).strip();
    } catch (IOException e) {
      return byDns();
    }
  }

  private static String byDns() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
