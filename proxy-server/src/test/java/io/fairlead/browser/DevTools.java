package io.fairlead.browser;

import io.fairlead.server.report.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A talk with one page of the browser: calls that are answered, and events that are kept. */
final class DevTools implements WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 60;

  private final AtomicInteger lastCall = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Message>> waiting = new ConcurrentHashMap<>();
  private final List<Message> events = new CopyOnWriteArrayList<>();
  private final StringBuilder partial = new StringBuilder();
  private @Nullable WebSocket socket;

  private DevTools() {}

  static DevTools connect(HttpClient http, URI address) {
    DevTools tools = new DevTools();
    tools.socket = http.newWebSocketBuilder().buildAsync(address, tools).join();
    return tools;
  }

  /** The result of a call. */
  Message call(String method, Map<String, Object> parameters) {
    WebSocket open = socket;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    int id = lastCall.incrementAndGet();
    CompletableFuture<Message> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    open.sendText(Json.write(Map.of("id", id, "method", method, "params", parameters)), true)
        .join();
    Message message = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (message.has("error")) {
      throw new AssertionError(method + ": " + message.text("error"));
    }
    return message.object("result");
  }

  Message call(String method) {
    return call(method, Map.of());
  }

  /** The parameters of all events of a kind so far. */
  List<Message> events(String method) {
    return events.stream()
        .filter(event -> event.text("method").equals(method))
        .map(event -> event.object("params"))
        .toList();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      take(Message.parse(partial.toString()));
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void take(Message message) {
    if (message.value("id") instanceof Integer id) {
      CompletableFuture<Message> answer = waiting.remove(id);
      if (answer != null) {
        answer.complete(message);
      }
      return;
    }
    events.add(message);
  }
}
