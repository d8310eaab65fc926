package io.fairlead.discovery;

import io.netty.resolver.HostsFileEntriesProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names in a hosts file, read again when it has changed. */
final class HostsFile {
  private final Path path;
  private @Nullable HostsFileEntriesProvider entries;
  private @Nullable FileTime modified;

  HostsFile(Path path) {
    this.path = path;
  }

  /** The addresses of a host, IPv4 first; none when it is not in the file. */
  List<InetAddress> addresses(String host) {
    HostsFileEntriesProvider present = entries();
    List<InetAddress> addresses = new ArrayList<>();
    if (present != null) {
      String name = host.toLowerCase(Locale.ROOT);
      addresses.addAll(present.ipv4Entries().getOrDefault(name, List.of()));
      addresses.addAll(present.ipv6Entries().getOrDefault(name, List.of()));
    }
    return addresses;
  }

  private @Nullable HostsFileEntriesProvider entries() {
    try {
      FileTime now = Files.getLastModifiedTime(path);
      if (entries == null || !now.equals(modified)) {
        entries = HostsFileEntriesProvider.parser().parse(path.toFile(), StandardCharsets.UTF_8);
        modified = now;
      }
    } catch (IOException e) {
      entries = null; // without the file, DNS alone knows names
    }
    return entries;
  }
}
