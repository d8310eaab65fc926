package io.fairlead.model;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds the replies of one client to the model: a value is one that was written under the key that
 * was asked for, a reply is of the kind that was asked for, and what names its request names this
 * one.
 *
 * <p>A miss is always right, as memcached forgets. So is an error of a server; the write that got
 * it is then in doubt. A key that only this client writes, and that has only one server, never goes
 * back behind a write that was acknowledged, other than to one in doubt.
 */
final class ReplyChecker {
  private final int client;
  private final Keys keys;
  private final boolean oneServer;
  private final RandomPipeline pipeline;
  private final Value.Reader value;
  private final Map<Integer, OwnKey> own = new HashMap<>();
  private final List<Asked> quiet = new ArrayList<>();
  private long errors;
  private long hits;

  ReplyChecker(int client, Keys keys, boolean oneServer, Written written, RandomPipeline pipeline) {
    this.client = client;
    this.keys = keys;
    this.oneServer = oneServer;
    this.pipeline = pipeline;
    this.value = new Value.Reader(written, keys);
  }

  long errors() {
    return errors;
  }

  long hits() {
    return hits;
  }

  /** Reads the reply to the next request, if it has one, and judges it. */
  void check(Asked asked, ReplyInput in) throws IOException {
    if (asked.quiet) {
      quiet.add(asked);
      return;
    }
    switch (asked.kind) {
      case SILENT -> doubt(asked);
      case BARRIER -> barrier(in);
      case RETRIEVAL -> retrieval(asked, in);
      case META_GET, META_COUNT -> meta(asked, in.line(), in);
      default -> line(asked, in.line());
    }
  }

  /** The connection ended before there was a reply. */
  void unanswered(Asked asked) {
    if (asked.isWrite()) {
      doubt(asked);
    }
    quiet.clear();
  }

  private boolean isError(String line) {
    boolean error = line.startsWith("SERVER_ERROR ") || line.equals("ERROR");
    errors += error ? 1 : 0;
    return error;
  }

  private void barrier(ReplyInput in) throws IOException {
    for (String line = in.line(); !line.equals("MN"); line = in.line()) {
      if (quiet.isEmpty()) {
        throw new WrongReply("a reply that nothing was asked for: " + line);
      }
      if (!isError(line)) {
        ofQuiet(line, in);
      }
    }
    for (Asked each : quiet) {
      if (each.isWrite()) {
        doubt(each);
      }
    }
    quiet.clear();
  }

  /** Quiet requests are answered in their order, each at most once. */
  private void ofQuiet(String line, ReplyInput in) throws IOException {
    while (!quiet.isEmpty()) {
      Asked next = quiet.remove(0);
      if (next.isWrite()) {
        doubt(next);
      }
      if (line.contains(" O" + next.step + " ") || line.endsWith(" O" + next.step)) {
        meta(next, line, in);
        return;
      }
    }
    throw new WrongReply("a reply to no request of this client: " + line);
  }

  private void retrieval(Asked asked, ReplyInput in) throws IOException {
    int next = 0;
    for (String line = in.line(); !line.equals("END"); line = in.line()) {
      if (isError(line)) {
        return;
      }
      String[] words = line.split(" ", -1);
      if (!words[0].equals("VALUE") || words.length != (asked.cas ? 5 : 4)) {
        throw new WrongReply("no value: " + line);
      }
      while (next < asked.keys.length && !keys.name(asked.keys[next]).equals(words[1])) {
        next++;
      }
      if (next == asked.keys.length) {
        throw new WrongReply("a value of a key that was not asked for: " + line);
      }
      int key = asked.keys[next++];
      stored(key, in.value(Integer.parseInt(words[3])), words[2]);
      if (asked.cas) {
        pipeline.saw(key, Long.parseLong(words[4]));
      }
    }
  }

  private void stored(int key, String text, String flags) {
    hits++;
    String problem = value.problem(text, key);
    if (!problem.isEmpty()) {
      throw new WrongReply(problem + ": " + keys.name(key) + ": " + excerpt(text));
    }
    if (!flags.equals(Integer.toUnsignedString(value.base()))) {
      throw new WrongReply("other flags: " + flags + ": " + excerpt(text));
    }
    if (oneServer && keys.ownerOf(key) == client) {
      OwnKey known = own(key);
      if (!known.mayBe(value.newest())) {
        throw new WrongReply(
            "older than the write "
                + known.acknowledged()
                + " that was acknowledged: "
                + excerpt(text));
      }
    }
  }

  private static String excerpt(String text) {
    return text.substring(0, Math.min(80, text.length()));
  }

  private void line(Asked asked, String line) {
    if (isError(line)) {
      unanswered(asked);
      return;
    }
    switch (asked.kind) {
      case STORE -> outcome(asked, line, "STORED", "NOT_STORED", "EXISTS", "NOT_FOUND");
      case DELETE -> outcome(asked, line, "DELETED", "NOT_FOUND");
      case TOUCH -> outcome(asked, line, "TOUCHED", "NOT_FOUND");
      case COUNT -> {
        if (!line.equals("NOT_FOUND")) {
          counted(asked, line);
        }
      }
      case META_STORE -> metaOutcome(asked, line, "HD", "NS", "EX", "NF");
      case META_DELETE -> metaOutcome(asked, line, "HD", "NF", "EX");
      default -> throw new AssertionError(asked.kind);
    }
  }

  private void outcome(Asked asked, String line, String done, String... others) {
    if (line.equals(done)) {
      acknowledge(asked);
    } else if (!List.of(others).contains(line)) {
      throw new WrongReply("no reply to a " + asked.kind + ": " + line);
    }
  }

  private void metaOutcome(Asked asked, String line, String done, String... others) {
    names(asked, line);
    outcome(asked, line.substring(0, 2), done, others);
  }

  /** What a reply repeats of its request is of this request. */
  private void names(Asked asked, String line) {
    String[] words = line.split(" ", -1);
    boolean key = false;
    boolean opaque = false;
    for (String word : words) {
      key |= word.equals("k" + keys.name(asked.key()));
      opaque |= word.equals("O" + asked.step);
    }
    if (!key || !opaque) {
      throw new WrongReply(
          "a reply to another request than "
              + asked.step
              + " for "
              + keys.name(asked.key())
              + ": "
              + line);
    }
  }

  private void meta(Asked asked, String line, ReplyInput in) throws IOException {
    if (isError(line)) {
      unanswered(asked);
      return;
    }
    if (line.equals("EN") && asked.kind == Asked.Kind.META_GET) {
      return;
    }
    names(asked, line);
    if (!line.startsWith("VA ")) {
      noValue(asked, line);
      return;
    }
    String[] words = line.split(" ", -1);
    String text = in.value(Integer.parseInt(words[1]));
    if (asked.kind == Asked.Kind.META_COUNT) {
      counted(asked, text);
      return;
    }
    stored(asked.key(), text, words[2].substring(1));
    pipeline.saw(asked.key(), Long.parseLong(words[3].substring(1)));
  }

  private void noValue(Asked asked, String line) {
    String code = line.substring(0, 2);
    boolean possible =
        switch (asked.kind) {
          case META_STORE -> List.of("HD", "NS", "EX", "NF").contains(code);
          case META_COUNT -> List.of("NF", "NS", "EX").contains(code);
          case META_GET -> code.equals("EN");
          default -> false;
        };
    if (!possible) {
      throw new WrongReply("no reply to a " + asked.kind + ": " + line);
    }
  }

  private void counted(Asked asked, String number) {
    if (Long.parseUnsignedLong(number) % RandomPipeline.COUNTER_STEP != asked.key()) {
      throw new WrongReply("another counter than " + asked.key() + ": " + number);
    }
  }

  private OwnKey own(int key) {
    return own.computeIfAbsent(key, any -> new OwnKey());
  }

  private void acknowledge(Asked asked) {
    if (asked.isWrite()) {
      own(asked.key()).acknowledge(asked.step);
    }
  }

  private void doubt(Asked asked) {
    own(asked.key()).doubt(asked.step);
  }
}
