package io.fairlead.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The part of an API server of Kubernetes that lists and watches endpoint slices, on the loopback
 * address. It gives two slices in a page and goes on where it is told, with all that has changed
 * since; it may refuse, forget, stall and break off. All methods may be called from any thread.
 */
public final class ApiServer implements AutoCloseable {
  private static final int PAGE = 2;
  private static final int GONE = 410;

  private final HttpServer server;
  private final boolean isSecure;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Object lock = new Object();
  private final Map<String, String> slices = new TreeMap<>();
  private final TreeMap<Integer, String> events = new TreeMap<>();
  private final List<String> requests = new ArrayList<>();
  private final List<ApiWatch> watches = new ArrayList<>();
  private String token = "t";
  private int version = 1;

  /** From which version on it knows what has changed. */
  private int oldest = 1;

  private int status = 200;
  private boolean isStalled;
  private boolean isSlow;

  private ApiServer(HttpServer server, boolean isSecure) {
    this.server = server;
    this.isSecure = isSecure;
    server.setExecutor(threads);
    server.createContext("/apis/discovery.k8s.io/v1/namespaces/", this::serve);
    server.start();
  }

  public static ApiServer start() {
    try {
      return new ApiServer(HttpServer.create(address(), 0), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one that speaks TLS. */
  public static ApiServer start(SSLContext tls) {
    try {
      HttpsServer server = HttpsServer.create(address(), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls));
      return new ApiServer(server, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public URI uri() {
    return URI.create(
        (isSecure ? "https" : "http") + "://127.0.0.1:" + server.getAddress().getPort());
  }

  /** There is a slice, or another version of it; {@code rest} is what stands beside metadata. */
  public void put(String name, String rest) {
    synchronized (lock) {
      boolean isNew = slices.put(name, rest) == null;
      version++;
      happened(event(isNew ? "ADDED" : "MODIFIED", name, rest));
    }
  }

  public void remove(String name) {
    synchronized (lock) {
      String rest = slices.remove(name);
      if (rest == null) {
        throw new IllegalArgumentException("no slice is called " + name);
      }
      version++;
      happened(event("DELETED", name, rest));
    }
  }

  private void happened(String event) {
    events.put(version, event);
    tell(event);
  }

  /** Tells watchers of a version in which nothing changed that they watch; returns it. */
  public int bookmark() {
    synchronized (lock) {
      version += 10;
      tell(event("BOOKMARK", "none", "\"endpoints\": null"));
      return version;
    }
  }

  /** Something changed that watchers are not told: their version is too old. */
  public void putUnseen(String name, String rest) {
    synchronized (lock) {
      slices.put(name, rest);
      forget();
      tell("{\"type\": \"ERROR\", \"object\": {\"kind\": \"Status\", \"code\": 410}}");
      breakOff();
    }
  }

  /** Knows nothing of what was before: refuses watches from any version that it has told yet. */
  public void forget() {
    synchronized (lock) {
      version++;
      oldest = version;
      events.clear();
    }
  }

  /** Ends all watches, as when their time is over. */
  public void breakOff() {
    synchronized (lock) {
      watches.forEach(ApiWatch::end);
      watches.clear();
    }
  }

  /** Closes the connections of all watches in the midst of a line, as when it is killed. */
  public void cutOff() {
    synchronized (lock) {
      watches.forEach(watch -> watch.cutOff("{\"type\": \"MODIFIED\", \"object\": {\"metad"));
      watches.clear();
    }
  }

  /** Whether watchers are told byte by byte. */
  public void slow(boolean value) {
    synchronized (lock) {
      isSlow = value;
    }
  }

  /** Whether lists begin and do not end. */
  public void stall(boolean value) {
    synchronized (lock) {
      isStalled = value;
    }
  }

  /** Answers requests with this status from now on. */
  public void status(int value) {
    synchronized (lock) {
      status = value;
    }
  }

  public void token(String value) {
    synchronized (lock) {
      token = value;
    }
  }

  /** Path and query of each request. */
  public List<String> requests() {
    synchronized (lock) {
      return List.copyOf(requests);
    }
  }

  /** The versions that watches were to begin at, one after the other. */
  public List<Integer> watchedFrom() {
    return requests().stream()
        .filter(request -> request.contains("watch=true"))
        .map(ApiServer::versionIn)
        .toList();
  }

  /** How many watches there are at present. */
  public int watches() {
    synchronized (lock) {
      return watches.size();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    ApiWatch watch;
    synchronized (lock) {
      watch = answer(exchange);
    }
    if (watch != null) {
      watch.serve();
    }
  }

  /** Returns a watch that is to be served; null when all is answered. */
  private @Nullable ApiWatch answer(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestURI().toString();
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    requests.add(request);
    boolean isWatch = request.contains("watch=true");
    if (!("Bearer " + token).equals(authorization)) {
      answer(exchange, 401, "{}");
    } else if (status != 200) {
      answer(exchange, status, "{}");
    } else if (!isWatch && isStalled) {
      return new ApiWatch(exchange, "{\"metadata\":", false); // that is never ended
    } else if (!isWatch) {
      answer(exchange, 200, page(request));
    } else if (versionIn(request) < oldest) {
      answer(exchange, GONE, "{}");
    } else {
      ApiWatch watch = new ApiWatch(exchange, "", isSlow);
      events.tailMap(versionIn(request), false).values().forEach(watch::tell);
      watches.add(watch);
      return watch;
    }
    return null;
  }

  private static int versionIn(String request) {
    return Integer.parseInt(after(request, "resourceVersion="));
  }

  private String page(String request) {
    int from = request.contains("continue=") ? Integer.parseInt(after(request, "continue=")) : 0;
    List<Map.Entry<String, String>> all = List.copyOf(slices.entrySet());
    int to = Math.min(all.size(), from + PAGE);
    List<String> items =
        all.subList(from, to).stream().map(s -> slice(s.getKey(), s.getValue())).toList();
    String next = to < all.size() ? ", \"continue\": \"" + to + "\"" : "";
    return "{\"metadata\": {\"resourceVersion\": \"%d\"%s}, \"items\": [%s]}"
        .formatted(version, next, String.join(",", items));
  }

  private static String after(String request, String key) {
    String rest = request.substring(request.indexOf(key) + key.length());
    return rest.contains("&") ? rest.substring(0, rest.indexOf('&')) : rest;
  }

  private void tell(String line) {
    watches.forEach(watch -> watch.tell(line));
  }

  private String event(String type, String name, String rest) {
    return "{\"type\": \"" + type + "\", \"object\": " + slice(name, rest) + "}";
  }

  private String slice(String name, String rest) {
    return "{\"metadata\": {\"name\": \"%s\", \"resourceVersion\": \"%d\"}, %s}"
        .formatted(name, version, rest);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    breakOff();
    server.stop(0);
    threads.shutdownNow();
  }
}
