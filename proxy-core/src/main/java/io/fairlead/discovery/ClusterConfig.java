package io.fairlead.discovery;

import io.fairlead.config.Identity;
import io.fairlead.config.ServerSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration endpoint of ElastiCache says: a version, and in one line the nodes, each as
 * {@code host|address|port}.
 *
 * <pre>
 *   CONFIG cluster 0 41          or, for get AmazonElastiCache:cluster:
 *   12                           VALUE AmazonElastiCache:cluster 0 41
 *   a.example|10.0.0.1|11211 b.example|10.0.0.2|11211
 *
 *   END
 * </pre>
 */
record ClusterConfig(long version, List<ServerSettings> servers) {
  private static final String END = "\r\nEND\r\n";

  /** Whether a reply is complete, be it an error. */
  static boolean isComplete(String reply) {
    return reply.endsWith(END) || reply.equals("END\r\n") || isRefused(reply);
  }

  /** Whether the command is not known. */
  static boolean isRefused(String reply) {
    return reply.endsWith("\r\n")
        && (reply.startsWith("ERROR") || reply.startsWith("CLIENT_ERROR"));
  }

  /**
   * Reads a complete reply; null when it has no configuration.
   *
   * @throws IllegalArgumentException when it is no such reply
   */
  static @Nullable ClusterConfig parse(String reply, Identity identity) {
    if (reply.equals("END\r\n")) {
      return null;
    }
    int line = reply.indexOf("\r\n");
    String[] words = reply.substring(0, Math.max(0, line)).split(" ", -1);
    boolean isConfig = words[0].equals("CONFIG") || words[0].equals("VALUE");
    if (!isConfig || words.length < 4) {
      throw new IllegalArgumentException("no configuration of a cluster in its reply");
    }
    String content = reply.substring(line + 2, reply.length() - END.length());
    int length = content.getBytes(StandardCharsets.ISO_8859_1).length;
    if (!Integer.toString(length).equals(words[3])) {
      throw new IllegalArgumentException("a configuration of another length than it says");
    }
    String[] lines = content.split("\n", -1);
    if (lines.length < 2) {
      throw new IllegalArgumentException("a configuration without nodes");
    }
    List<ServerSettings> servers = new ArrayList<>();
    for (String node : lines[1].strip().split(" +", -1)) {
      servers.add(server(node, identity));
    }
    return new ClusterConfig(Long.parseLong(lines[0].strip()), List.copyOf(servers));
  }

  private static ServerSettings server(String node, Identity identity) {
    String[] parts = node.split("\\|", -1);
    if (parts.length != 3 || parts[0].isEmpty()) {
      throw new IllegalArgumentException(node + " (expected: host|address|port)");
    }
    boolean byAddress = identity == Identity.ADDRESS && !parts[1].isEmpty();
    return ServerNames.server(
        unbracketed(byAddress ? parts[1] : parts[0]), Integer.parseInt(parts[2]), Identity.FQDN);
  }

  /** An IPv6 address is the same one with and without the brackets that others need. */
  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
