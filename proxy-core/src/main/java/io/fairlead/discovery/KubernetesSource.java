package io.fairlead.discovery;

import io.fairlead.config.Identity;
import io.fairlead.config.SourcePlace;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Servers that are the endpoints of a Kubernetes service: all of them are listed once, then
 * watched.
 *
 * <pre>
 *   LIST --complete--> WATCH --ended or broken off--> WATCH from where it ended
 *    ^                   |
 *    +---- pause --------+--- version too old (410): no failure
 *    +---- pause ------------ anything else that fails
 * </pre>
 *
 * <p>What is known stays until there is a complete list. Each pause is longer than the one before,
 * until a watch has told something or lasted.
 */
final class KubernetesSource implements Source {
  private static final int PAGE = 500;
  private static final String NO_ACCOUNT = "the service account of the pod cannot be read: ";
  private static final int OK = 200;
  private static final int GONE = 410;

  /** The API server ends a watch then, so that a connection that is dead is not trusted long. */
  private static final Duration WATCH = Duration.ofSeconds(60);

  private static final Duration WATCH_GRACE = Duration.ofSeconds(15);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final SourcePlace.Kubernetes place;
  private final KubernetesApi api;
  private final EventLoop loop;
  private final Listener listener;
  private final EndpointSlices slices;
  private final Polling polling;
  private @Nullable WatchLines watch;
  private String version = "";

  /** Counts watches, so that the end of a former one is none of the present. */
  private int watches;

  KubernetesSource(
      SourcePlace.Kubernetes place,
      Identity identity,
      String clusterDomain,
      KubernetesApi api,
      EventLoop loop,
      Listener listener) {
    this.place = place;
    this.api = api;
    this.loop = loop;
    this.listener = listener;
    this.slices = new EndpointSlices(place, identity, clusterDomain);
    this.polling = new Polling(loop, this::list, FIRST_PAUSE, LONGEST_PAUSE);
  }

  @Override
  public void start() {
    list();
  }

  private void list() {
    slices.clear();
    listFrom("");
  }

  private void listFrom(String token) {
    String page = "&limit=" + PAGE + (token.isEmpty() ? "" : "&continue=" + encoded(token));
    try {
      api.get(path(page))
          .whenComplete((response, cause) -> onLoop(() -> onListed(response, cause)));
    } catch (IOException e) {
      fail(NO_ACCOUNT + e);
    }
  }

  private void onListed(@Nullable HttpResponse<byte[]> response, @Nullable Throwable cause) {
    if (response == null) {
      fail(reason(cause));
      return;
    }
    if (response.statusCode() != OK) {
      fail(refusal(response.statusCode()));
      return;
    }
    try {
      takePage(Setting.ofRoot(JsonReader.read("list", response.body()).root()));
    } catch (RuntimeException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void takePage(Setting list) {
    list.required("items").items().forEach(slices::put);
    Setting metadata = list.required("metadata");
    String token = metadata.textOr("continue", "");
    if (!token.isEmpty()) {
      listFrom(token);
      return;
    }
    version = metadata.required("resourceVersion").text();
    listener.onServers(slices.servers());
    watch();
  }

  private void watch() {
    int number = ++watches;
    WatchLines lines = new WatchLines(loop, line -> onLine(number, line));
    watch = lines;
    String query =
        "&watch=true&allowWatchBookmarks=true&resourceVersion="
            + encoded(version)
            + "&timeoutSeconds="
            + WATCH.toSeconds();
    long began = System.nanoTime();
    try {
      CompletableFuture<HttpResponse<Integer>> watching =
          api.open(
              path(query),
              response ->
                  response.statusCode() == OK
                      ? BodySubscribers.fromLineSubscriber(
                          lines, unused -> OK, StandardCharsets.UTF_8, null)
                      : BodySubscribers.replacing(response.statusCode()));
      watching.whenComplete(
          (response, cause) -> onLoop(() -> onEnd(number, lines.isOpen(), began, response, cause)));
    } catch (IOException e) {
      fail(NO_ACCOUNT + e);
      return;
    }
    Duration longest = WATCH.plus(WATCH_GRACE);
    loop.schedule(() -> onSilent(number), longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void onSilent(int number) {
    if (number == watches && !polling.isClosed()) {
      fail("the API server has not ended a watch in time");
    }
  }

  /**
   * @param wasOpen whether there was a watch before it ended, or broke off
   */
  private void onEnd(
      int number,
      boolean wasOpen,
      long began,
      @Nullable HttpResponse<Integer> response,
      @Nullable Throwable cause) {
    if (number != watches) {
      return;
    }
    boolean hasLasted = wasOpen && System.nanoTime() - began >= FIRST_PAUSE.toNanos();
    if (hasLasted) {
      polling.recovered();
      watch();
    } else if (response == null) {
      fail(reason(cause));
    } else if (response.body() == GONE) {
      listAgain();
    } else if (response.body() != OK) {
      fail(refusal(response.body()));
    } else {
      fail("the API server has ended a watch at once");
    }
  }

  private void onLine(int number, String line) {
    if (number != watches || line.isBlank()) {
      return;
    }
    try {
      onEvent(
          Setting.ofRoot(JsonReader.read("watch", line.getBytes(StandardCharsets.UTF_8)).root()));
    } catch (RuntimeException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  private void onEvent(Setting event) {
    Setting object = event.required("object");
    switch (event.required("type").text()) {
      case "ADDED", "MODIFIED" -> slices.put(object);
      case "DELETED" -> slices.remove(object);
      case "BOOKMARK" -> {}
      default -> {
        onError(object);
        return;
      }
    }
    version = object.required("metadata").required("resourceVersion").text();
    polling.recovered();
    listener.onServers(slices.servers());
  }

  private void onError(Setting status) {
    Setting code = status.at("code");
    if (code != null && code.integer(0, 999) == GONE) {
      listAgain();
    } else {
      fail("the API server has ended a watch: " + status.textOr("message", "no reason given"));
    }
  }

  /** What happened since is not known any more: no failure, but a pause, as it may go on. */
  private void listAgain() {
    endWatch();
    polling.failed();
  }

  private void fail(String reason) {
    endWatch();
    if (!polling.isClosed()) {
      listener.onFailure(place + ": " + reason);
      polling.failed();
    }
  }

  private void endWatch() {
    watches++;
    if (watch != null) {
      watch.cancel();
      watch = null;
    }
  }

  private static String refusal(int status) {
    return switch (status) {
      case 401 -> "the API server does not know the token of the service account (401)";
      case 403 ->
          "the service account may not read endpoint slices (403); give it get, list and watch of"
              + " endpointslices in discovery.k8s.io";
      default -> "the API server answers " + status;
    };
  }

  private static String reason(@Nullable Throwable cause) {
    return cause instanceof CompletionException && cause.getCause() != null
        ? cause.getCause().toString()
        : String.valueOf(cause);
  }

  private String path(String more) {
    return "/apis/discovery.k8s.io/v1/namespaces/"
        + place.namespace()
        + "/endpointslices?labelSelector="
        + encoded("kubernetes.io/service-name=" + place.service())
        + more;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void onLoop(Runnable task) {
    if (!loop.isShuttingDown()) {
      loop.execute(
          () -> {
            if (!polling.isClosed()) {
              task.run();
            }
          });
    }
  }

  @Override
  public void close() {
    polling.close();
    endWatch();
  }
}
