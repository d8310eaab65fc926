package io.fairlead.routes;

import io.fairlead.faults.Servers;
import io.fairlead.testkit.Memcached;
import io.fairlead.testkit.MemcachedServer;
import io.fairlead.testkit.RawClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The servers of the matrix, which are asked directly on connections that stay open. */
final class MatrixServers implements AutoCloseable {
  private static final Pattern UNIQUE = Pattern.compile("(?<=VALUE k 0 1 )\\d+");
  private static final Pattern HELD = Pattern.compile("VA \\d+ t(-?\\d+)/(.*)");

  /** Times to live are told to ten seconds, as some of them has passed. */
  private static final double TTL_STEP = 10;

  private final List<MemcachedServer> servers;
  private final List<@Nullable RawClient> clients = new ArrayList<>();
  private final List<String> uniques = new ArrayList<>();

  MatrixServers(int count) {
    servers = Memcached.startAll(count);
    servers.forEach(server -> clients.add(RawClient.connect(server.address())));
  }

  List<Integer> ports() {
    return servers.stream().map(MemcachedServer::port).toList();
  }

  /** Lets those servers live that a picture has an {@code o} for, and no other. */
  void become(String situation) {
    for (int i = 0; i < servers.size(); i++) {
      boolean lives = situation.charAt(i) == 'o';
      RawClient client = clients.get(i);
      if (lives && client == null) {
        servers.get(i).restart();
        clients.set(i, RawClient.connect(servers.get(i).address()));
      } else if (!lives && client != null) {
        client.close();
        servers.get(i).kill();
        clients.set(i, null);
      }
    }
  }

  /** Lets each server hold that value of {@code k}, or none; no two with the same cas unique. */
  void hold(List<String> values) {
    Set<String> taken = new HashSet<>();
    uniques.clear();
    for (int i = 0; i < clients.size(); i++) {
      RawClient client = clients.get(i);
      uniques.add(client == null ? "1" : hold(client, values.get(i), taken));
    }
  }

  private static String hold(RawClient client, String value, Set<String> taken) {
    if (value.equals(MatrixRow.NOTHING)) {
      Servers.reply(client, "delete k");
      return "1";
    }
    String unique;
    do {
      String reply = Servers.reply(client, "set k 0 0 1/" + value + "/gets k");
      Matcher matcher = UNIQUE.matcher(reply);
      if (!matcher.find()) {
        throw new AssertionError("the value was not stored: " + reply);
      }
      unique = matcher.group();
    } while (!taken.add(unique));
    return unique;
  }

  /** Writes the cas unique of the value on a server for {@code #} and its index. */
  String withUniques(String request) {
    String written = request;
    for (int i = 0; i < uniques.size(); i++) {
      written = written.replace("#" + i, uniques.get(i));
    }
    return written;
  }

  /** The reverse, in a reply; a unique that no server had before is {@code #new}. */
  String withoutUniques(String reply) {
    return UNIQUE.matcher(reply).replaceAll(found -> name(found.group()));
  }

  private String name(String unique) {
    int server = uniques.indexOf(unique);
    return server < 0 ? "#new" : "#" + server;
  }

  /** What each server holds, with the rest of its time if it expires. */
  List<String> held() {
    return clients.stream().map(client -> client == null ? MatrixRow.DEAD : held(client)).toList();
  }

  private static String held(RawClient client) {
    Matcher reply = HELD.matcher(Servers.reply(client, "mg k v t"));
    if (!reply.matches()) {
      return MatrixRow.NOTHING;
    }
    long ttl = Long.parseLong(reply.group(1));
    return ttl < 0
        ? reply.group(2)
        : reply.group(2) + "@" + Math.round(ttl / TTL_STEP) * (int) TTL_STEP;
  }

  @Override
  public void close() {
    for (RawClient client : clients) {
      if (client != null) {
        client.close();
      }
    }
    servers.forEach(MemcachedServer::close);
  }
}
