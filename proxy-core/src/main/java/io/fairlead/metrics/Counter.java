package io.fairlead.metrics;

/** What an event loop counts. A gauge goes up and down, everything else only up. */
public enum Counter implements Countable {
  CLIENTS(Measure.gauge("client connections that are open")),
  CLIENTS_ACCEPTED("client connections accepted"),
  CLIENTS_MOVED("client connections that went over to another event loop"),
  CLIENTS_REJECTED("client connections refused because a limit was reached"),
  CLIENTS_INVALID(
      "client connections closed because of an invalid request, as on_parse_error says"),
  CLIENTS_FOREIGN(
      "client connections closed because they spoke HTTP, TLS or memcached's binary protocol"),
  CLIENTS_TOO_SLOW("client connections closed because they did not read their replies"),
  LIMIT_CONNECTIONS("client connections refused because of connections, of a listener or of all"),
  LIMIT_CONNECTIONS_PER_ADDRESS("client connections refused because of connections_per_address"),
  LIMIT_LINE("clients closed because of a line longer than line"),
  LIMIT_GET_LINE("clients closed because of a get longer than get_line"),
  LIMIT_KEY("requests refused because of a key of more than 250 bytes"),
  LIMIT_KEYS_PER_GET("gets refused because of more keys than keys_per_get"),
  LIMIT_VALUE("values refused because they are larger than value"),
  LIMIT_CLIENT_BUFFER("times a client was not read from because of client_buffer"),
  LIMIT_CLIENT_REQUESTS("times a client was not read from because of client_requests"),
  LIMIT_REQUESTS_PER_SECOND("times a client was not read from because of requests_per_second"),
  LIMIT_IDLE_TIMEOUT("clients closed because of idle_timeout"),
  LIMIT_COMMAND_TIMEOUT("clients closed because of command_timeout"),
  CLIENTS_WAITING(Measure.gauge("clients that wait because too many requests are under way")),
  TLS_HANDSHAKES("clients that began to speak TLS"),
  TLS_FAILURES("of these, those with whom it came to nothing"),
  TLS_DELAYED("of these, those that had to wait because many came at once"),
  CLIENTS_AUTHENTICATED("clients that have authenticated with a password"),
  CLIENTS_NOT_AUTHENTICATED("attempts to authenticate with a wrong name or password"),
  CLIENTS_AUTHENTICATE_REJECTED("attempts refused because too many waited to be checked"),
  CLIENTS_AUTHENTICATE_TIMEOUTS("client connections closed because they did not authenticate"),
  CREDENTIALS_REFUSED("changed files of names and passwords that could not be used"),
  ACCESS_DENIED("requests refused because the client may not make them"),
  CMD_GET("get, gets, gat and gats requests"),
  CMD_SET("set, add, replace, append, prepend and cas requests"),
  CMD_DELETE("delete requests"),
  CMD_TOUCH("touch requests"),
  CMD_ARITHMETIC("incr and decr requests"),
  CMD_META("meta requests"),
  CMD_OTHER("requests that the proxy answers by itself, refuses or broadcasts"),
  GET_KEYS("keys asked for by get, gets, gat, gats"),
  GET_HITS("keys found"),
  GET_MISSES("keys not found"),
  GET_FAILED("keys whose server failed"),
  CLIENT_ERRORS("replies ERROR and CLIENT_ERROR made by the proxy"),
  SERVER_ERRORS("replies SERVER_ERROR made by the proxy"),
  PARTIAL_GETS("multi-key gets that were answered although a server failed"),
  VALUES_DROPPED("values dropped because the client did not read"),
  SERVER_REQUESTS("requests sent to servers"),
  COALESCED_KEYS("keys that travelled in a multi-get together with another client's"),
  SHARED_KEYS("keys answered by another request's copy of the same key"),
  TIMEOUTS("requests whose server did not answer in time"),
  RETRIES("gets that were asked again after a connection was lost"),
  RETRIES_REFUSED("gets that were not asked again because too many were at that time"),
  CONNECTS("connections to servers opened"),
  CONNECT_FAILURES("connections to servers that could not be opened"),
  SERVER_LOGINS_REFUSED("connections on which a server did not accept the proxy's password"),
  CONNECTIONS_LOST("connections to servers lost"),
  CONNECTIONS_IDLE("connections to servers closed because nothing was asked on them for a while"),
  PROTOCOL_VIOLATIONS("connections to servers closed because of an invalid reply"),
  EJECTIONS("times a server was ejected"),
  PROBES("probes of ejected servers"),
  DEV_NULL_REQUESTS("requests answered by a route that drops them"),
  FAILOVERS("requests that went on to another child of a failover because one had failed"),
  FAILOVERS_FAILED("of these, those that the last one asked failed as well"),
  COPIES("values and writes that routes have copied to another server"),
  COPIES_SKIPPED(
      "values and writes that routes could not copy, for lack of memory or of their original"),
  REPAIRS_UNDER_WAY(
      Measure.gauge("values that wait to be given to replicas, or to be looked at again")),
  REPAIRS("values given to replicas that did not have them"),
  REPAIRS_UNDONE("values taken from them again, as the key was written meanwhile"),
  INVALIDATIONS("deletes sent to replicas that a write did not reach or did not suit"),
  SHADOW_REQUESTS("copies of requests sent to shadows"),
  SHADOWS_DROPPED("copies of requests dropped because too many waited, or for lack of memory"),
  IN_FLIGHT(Measure.gauge("requests waiting for a server")),
  BUFFERED_BYTES(Measure.gauge("bytes of requests and replies kept in the proxy")),
  SERVER_BUFFERED_BYTES(Measure.gauge("of these, bytes kept for connections to servers")),
  OVERLOAD(
      Measure.highest(
          "0 while there is room, 1 while memory is short, 2 while clients are held back for it, 3"
              + " while new ones are refused")),
  EVENT_LOOPS(Measure.gauge("event loops that take clients")),
  TURNS("turns of the event loop that sent something"),
  RESTS("turns after which a busy loop rested"),
  BUSY_NANOS("time in turns of the event loop, in nanoseconds");

  private final Measure measure;

  Counter(String description) {
    this(Measure.counter(description));
  }

  Counter(Measure measure) {
    this.measure = measure;
  }

  @Override
  public Measure measure() {
    return measure;
  }
}
