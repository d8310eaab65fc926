package io.fairlead.config;

import io.fairlead.config.ListenerSettings.ParseError;
import io.fairlead.config.PoolSettings.ErrorText;
import io.fairlead.config.PoolSettings.MultigetFailure;
import io.fairlead.hashing.KeyBytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients and operators of a nutcracker will see when these settings take its place: each
 * setting that makes us behave differently, and how nutcracker behaves.
 */
public final class NutcrackerChanges {
  private final ProxySettings settings;
  private final KeyPlaces places;

  /** Each change, with the pools that it concerns. */
  private final Map<String, List<String>> pools = new LinkedHashMap<>();

  private NutcrackerChanges(ProxySettings settings, KeyPlaces places) {
    this.settings = settings;
    this.places = places;
  }

  /**
   * A sentence for each change; one that does not concern all pools begins with those it does.
   *
   * @param places of the nutcracker.yml, which tell what it says and what it leaves out
   */
  public static List<String> of(ProxySettings settings, KeyPlaces places) {
    NutcrackerChanges changes = new NutcrackerChanges(settings, places);
    settings.pools().forEach(changes::ofServers);
    settings.listeners().forEach(changes::ofClients);
    List<String> sentences = new ArrayList<>(changes.sentences());
    sentences.addAll(changes.ofProxy());
    return sentences;
  }

  private void ofServers(PoolSettings pool) {
    ofTimeout(pool);
    EjectSettings eject = pool.eject();
    if (eject.enabled()) {
      add(
          pool.name(),
          "an ejected server is probed after "
              + DurationText.format(eject.probe().first())
              + " and then less often, at last every "
              + DurationText.format(eject.probe().longest())
              + " (eject.probe); nutcracker tries it with requests of clients, which fail");
    }
    if (pool.preconnect() && pool.connections() > 1) {
      add(
          pool.name(),
          "at the start "
              + pool.connections()
              + " connections to each server are opened (preconnect); nutcracker opens one");
    }
    if (pool.coalesce()) {
      add(
          pool.name(),
          "gets of different clients may travel to a server as one multi-get (coalesce);"
              + " nutcracker sends each on its own");
    }
    if (pool.placement() instanceof RingSettings ring && ring.keyBytes() == KeyBytes.UNSIGNED) {
      add(
          pool.name(),
          "keys with bytes above 0x7f are placed as nutcracker places them on arm64 (key_bytes),"
              + " and not as on x86-64");
    }
    ofFailures(pool);
  }

  private void ofTimeout(PoolSettings pool) {
    String given = places.text(path(pool.name(), "timeout"));
    if (given == null || given.matches("0+")) {
      add(
          pool.name(),
          "requests fail after "
              + DurationText.format(pool.timeout())
              + " (timeout); nutcracker waits for ever");
    }
  }

  private void ofFailures(PoolSettings pool) {
    if (pool.multigetFailure() == MultigetFailure.PARTIAL) {
      add(
          pool.name(),
          "when a server fails, a multi-key get keeps the hits of the others (multiget_failure);"
              + " nutcracker answers one error and closes the client");
    }
    if (pool.errorText() == ErrorText.NATIVE) {
      add(
          pool.name(),
          "the errors of failed servers are worded by Fairlead (error_text); nutcracker gives the"
              + " text of the system, such as SERVER_ERROR Connection refused");
    }
  }

  private void ofClients(ListenerSettings listener) {
    String pool = listener.target();
    if (listener.onParseError() == ParseError.ANSWER) {
      add(
          pool,
          "a line that is no valid request is answered as memcached answers it"
              + " (on_parse_error); nutcracker closes the client");
    }
    if (listener.connections() > 0) {
      add(
          pool,
          "at most "
              + listener.connections()
              + " clients are served at once (connections); nutcracker ignores client_connections");
    }
    if (listener.socket().keepAlive()
        && listener.address() instanceof Address.Tcp
        && !places.has(path(pool, "tcpkeepalive"))) {
      add(
          pool,
          "the kernel finds out and closes clients that are gone (keepalive); nutcracker keeps them"
              + " unless tcpkeepalive is true");
    }
  }

  private List<String> ofProxy() {
    LimitSettings limits = settings.limits();
    AdminSettings admin = settings.admin();
    return List.of(
        "at most "
            + limits.connections()
            + " clients are served at once in all (limits.connections); nutcracker takes what the"
            + " limit on open files leaves",
        "a value of more than "
            + SizeText.format(limits.valueBytes())
            + " is refused (limits.value); nutcracker passes it on",
        (admin == null
                ? "there is no admin port"
                : "metrics and statistics are on " + admin.address())
            + " (admin); nutcracker's are on port 22222 of every interface");
  }

  private static String path(String pool, String key) {
    return KeyPlaces.path(KeyPlaces.path("", pool), key);
  }

  private void add(String pool, String sentence) {
    pools.computeIfAbsent(sentence, key -> new ArrayList<>()).add(pool);
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    pools.forEach(
        (sentence, names) ->
            sentences.add(
                names.size() == settings.pools().size()
                    ? sentence
                    : (names.size() == 1 ? "pool " : "pools ")
                        + String.join(", ", names)
                        + ": "
                        + sentence));
    return sentences;
  }
}
