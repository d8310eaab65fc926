package io.fairlead.backend;

import static java.util.Objects.requireNonNull;

import io.fairlead.Wire;
import io.fairlead.loop.FakeSocket;
import io.fairlead.loop.TestLoop;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Clients that read and write a few keys as chance has it, and a memcached that carries their
 * requests out when chance has it, connection by connection, and remembers every state that each
 * key was in. Each reply to a get is compared with the states that it may tell.
 *
 * <pre>
 *   not older than   what anybody was told, by a write or a get, before this get was asked
 *                    what the client itself has written before
 *   not newer than   what the client itself wrote after it
 * </pre>
 */
final class SharedGetsModel {
  private static final int CLIENTS = 8;
  private static final int MOST_UNANSWERED = 6;
  private static final String[] KEYS = {"a", "b", "c", "key-d", "key-e", "f"};

  private final TestLoop loop;
  private final FakeServer server;
  private final Random random;
  private final List<End> ends = new ArrayList<>();
  private final List<Client> clients = new ArrayList<>();
  private final Map<String, Item> items = new HashMap<>();
  private int values;
  private int checks;

  /** What went wrong first; a sink that threw it would not be heard. */
  private @Nullable AssertionError wrong;

  SharedGetsModel(TestLoop loop, int lanes, long seed) {
    this.loop = loop;
    this.random = new Random(seed);
    this.server = new FakeServer(loop, pool -> pool.shareGets(true).connections(lanes));
    server.server().connect();
    for (int lane = 0; lane < lanes; lane++) {
      ends.add(new End(server.accept()));
    }
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(new Client(i % lanes));
    }
    for (String key : KEYS) {
      items.put(key, new Item());
    }
  }

  FakeServer server() {
    return server;
  }

  /** Goes on until so many replies to gets have been compared. */
  void run(int wanted) {
    while (checks < wanted) {
      int dice = random.nextInt(100);
      if (dice < 45) {
        clients.get(random.nextInt(CLIENTS)).ask();
      } else if (dice < 55) {
        loop.turn();
      } else if (dice < 80) {
        ends.get(random.nextInt(ends.size())).execute();
      } else {
        ends.get(random.nextInt(ends.size())).reply();
      }
      if (wrong != null) {
        throw wrong;
      }
    }
  }

  private void goesWrong(String what) {
    wrong = wrong == null ? new AssertionError(what) : wrong;
  }

  private Item item(String key) {
    Item item = items.get(key);
    if (item == null) {
      throw new AssertionError("an unknown key " + key);
    }
    return item;
  }

  /** What is at the server under a key, and all that has been. */
  private static final class Item {
    private final List<String> states = new ArrayList<>(List.of(""));

    /** What somebody knows to be so, or to have been so. */
    private int known;

    String state() {
      return states.get(states.size() - 1);
    }

    /** Gives the place of the new state; the empty one is that there is nothing. */
    int becomes(String state) {
      states.add(state);
      return states.size() - 1;
    }

    void isKnown(int place) {
      known = Math.max(known, place);
    }
  }

  /** A write, or a get of some keys. */
  private abstract class Request implements ReplySink {
    final Client client;

    Request(Client client) {
      this.client = client;
      client.unanswered++;
    }

    @Override
    public void onFailure(int slot, Failure failure) {
      goesWrong("failed: " + failure);
    }
  }

  /** A write to some keys, which leaves a state of each that is known when it is carried out. */
  private final class Write extends Request {
    private final List<String> keys;
    private final Map<String, Integer> places = new HashMap<>();

    Write(Client client, List<String> keys) {
      super(client);
      this.keys = keys;
    }

    void leaves(String key, int place) {
      places.put(key, place);
    }

    /** The state that it has left; before it is carried out there is none. */
    int place(String key, int absent) {
      return places.getOrDefault(key, absent);
    }

    @Override
    public void onReply(
        int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
      over();
    }

    @Override
    public void onMiss(int slot) {
      over();
    }

    private void over() {
      client.unanswered--;
      client.isUploading = false;
      keys.forEach(key -> item(key).isKnown(place(key, 0)));
    }
  }

  private final class Get extends Request {
    private final List<String> keys;
    private final int[] notBefore;
    private final @Nullable Write[] after;
    private final List<Write> later = new ArrayList<>(0);
    private int left;

    Get(Client client, List<String> keys) {
      super(client);
      this.keys = keys;
      this.left = keys.size();
      this.notBefore = keys.stream().mapToInt(key -> item(key).known).toArray();
      this.after = new Write[keys.size()];
      for (int i = 0; i < keys.size(); i++) {
        after[i] = client.lastWrites.get(keys.get(i));
      }
    }

    @Override
    public void onReply(
        int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
      String text = Wire.text(in, from, length);
      told(slot, text.split("\r\n", -1)[1]);
    }

    @Override
    public void onMiss(int slot) {
      told(slot, "");
    }

    /** Where the first state is that the client itself has left after it asked this. */
    private int firstWriteAfter(String key, int none) {
      int first = none;
      for (Write write : later) {
        first = Math.min(first, write.place(key, none));
      }
      return first;
    }

    private void told(int slot, String state) {
      checks++;
      if (--left == 0) {
        client.unanswered--;
        client.gets.remove(this);
      }
      String key = keys.get(slot);
      Item item = item(key);
      Write before = after[slot];
      int first = Math.max(notBefore[slot], before == null ? 0 : before.place(key, 0));
      int end = firstWriteAfter(key, item.states.size());
      for (int place = first; place < end; place++) {
        if (item.states.get(place).equals(state)) {
          item.isKnown(place);
          return;
        }
      }
      goesWrong(
          "%s is told to be '%s' (expected: one of %s)"
              .formatted(key, state, item.states.subList(Math.min(first, end), end)));
    }
  }

  /** One client, whose requests are carried out in their order. */
  private final class Client {
    private final int lane;
    private final Map<String, Write> lastWrites = new HashMap<>();
    private final List<Get> gets = new ArrayList<>();
    private int unanswered;
    private boolean isUploading;

    Client(int lane) {
      this.lane = lane;
    }

    void ask() {
      if (unanswered >= MOST_UNANSWERED || isUploading) {
        return;
      }
      String key = KEYS[random.nextInt(KEYS.length)];
      String value = "v" + values++;
      switch (random.nextInt(40)) {
        case 0 -> write(key, "delete " + key + "\r\n");
        case 1, 2, 3 -> write(key, store("set", key, value));
        case 4 -> write(key, store("append", key, value));
        case 5 -> write(key, "touch " + key + " -1\r\n");
        case 6 -> write(key, "ms " + key + " " + value.length() + "\r\n" + value + "\r\n");
        case 7 -> write(key, "ms " + coded(key) + " " + value.length() + " b\r\n" + value + "\r\n");
        case 8 -> server.retrieve(lane, Verb.GAT, -1, began(List.of(key)), 0, key);
        case 9 -> server.send(lane, began(List.of(KEYS)), 0, "flush_all\r\n");
        case 10 -> upload(key, value);
        default -> get();
      }
    }

    private void get() {
      List<String> keys = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        keys.add(KEYS[random.nextInt(KEYS.length)]);
      }
      Get get = new Get(this, keys);
      gets.add(get);
      server.retrieve(lane, Verb.GET, 0, get, 0, keys.toArray(String[]::new));
      if (random.nextInt(4) == 0) {
        server.server().endBatch(lane);
      }
    }

    private void write(String key, String request) {
      server.send(lane, began(List.of(key)), 0, request);
    }

    private Write began(List<String> keys) {
      Write write = noted(keys);
      ends.get(lane).writes.add(write);
      return write;
    }

    private Write noted(List<String> keys) {
      Write write = new Write(this, keys);
      keys.forEach(key -> lastWrites.put(key, write));
      gets.forEach(get -> get.later.add(write));
      return write;
    }

    /** On a connection of its own, before and after everything else the client asks. */
    private void upload(String key, String value) {
      if (unanswered > 0) {
        return;
      }
      isUploading = true;
      Write write = noted(List.of(key));
      String line = "set " + key + " 0 0 " + value.length() + "\r\n";
      Upload upload = requireNonNull(server.upload(write, line, () -> {}));
      if (server.attempts() > 0) {
        ends.add(new End(server.accept()));
      }
      uploads.put(value, write);
      upload.value(Wire.buffer(value), 0, value.length());
      upload.end();
    }
  }

  private final Map<String, Write> uploads = new HashMap<>();

  private static String store(String verb, String key, String value) {
    return verb + " " + key + " 0 0 " + value.length() + "\r\n" + value + "\r\n";
  }

  private static String coded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
  }

  /** The server's end of a connection. */
  private final class End {
    private final FakeSocket socket;
    private final StringBuilder received = new StringBuilder();
    private final StringBuilder replies = new StringBuilder();

    /** Those that were sent here and not carried out, in their order. */
    private final Deque<Write> writes = new ArrayDeque<>();

    End(FakeSocket socket) {
      this.socket = socket;
    }

    /** Carries out what has been received first. */
    void execute() {
      received.append(socket.sent());
      if (!isComplete()) {
        return;
      }
      String[] words = line().split(" ", -1);
      switch (words[0]) {
        case "get" -> values(words, 1);
        case "gat" -> {
          values(words, 2);
          becomes(words[2], "");
        }
        case "set" -> stores(words[1], line());
        case "append" -> appends(words[1], line());
        case "ms" -> {
          becomes(words.length > 3 ? decoded(words[1]) : words[1], line());
          replies.append("HD\r\n");
        }
        case "delete", "touch" -> removes(words[0], words[1]);
        default -> {
          Write flush = writes.remove();
          items.forEach((key, item) -> flush.leaves(key, item.becomes("")));
          replies.append("OK\r\n");
        }
      }
    }

    /** Of a large value the line may have come alone. */
    private boolean isComplete() {
      int end = received.indexOf("\r\n");
      boolean hasValue = end > 0 && (received.charAt(0) == 's' || received.charAt(0) == 'a');
      return end > 0 && (!hasValue || received.indexOf("\r\n", end + 2) > 0);
    }

    private String line() {
      int end = received.indexOf("\r\n");
      String line = received.substring(0, end);
      received.delete(0, end + 2);
      return line;
    }

    private void values(String[] words, int from) {
      for (int i = from; i < words.length; i++) {
        String state = item(words[i]).state();
        if (!state.isEmpty()) {
          String length = String.valueOf(state.length());
          replies.append("VALUE " + words[i] + " 0 " + length + "\r\n" + state + "\r\n");
        }
      }
      replies.append("END\r\n");
    }

    private void stores(String key, String value) {
      Write upload = uploads.remove(value);
      if (upload == null) {
        becomes(key, value);
      } else {
        upload.leaves(key, item(key).becomes(value));
      }
      replies.append("STORED\r\n");
    }

    private void appends(String key, String value) {
      String state = item(key).state();
      becomes(key, state.isEmpty() ? "" : state + value);
      replies.append(state.isEmpty() ? "NOT_STORED\r\n" : "STORED\r\n");
    }

    private void removes(String verb, String key) {
      boolean was = !item(key).state().isEmpty();
      becomes(key, "");
      String done = "delete".equals(verb) ? "DELETED\r\n" : "TOUCHED\r\n";
      replies.append(was ? done : "NOT_FOUND\r\n");
    }

    private void becomes(String key, String state) {
      writes.remove().leaves(key, item(key).becomes(state));
    }

    /** Some of what has been answered arrives. */
    void reply() {
      if (replies.isEmpty()) {
        return;
      }
      int length = random.nextBoolean() ? replies.length() : 1 + random.nextInt(replies.length());
      String part = replies.substring(0, length);
      replies.delete(0, length);
      socket.receive(part);
    }
  }

  private static String decoded(String key) {
    return new String(Base64.getDecoder().decode(key), StandardCharsets.US_ASCII);
  }
}
