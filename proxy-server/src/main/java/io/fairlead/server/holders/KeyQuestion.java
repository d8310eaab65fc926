package io.fairlead.server.holders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.server.client.Printable;
import io.fairlead.server.client.ServerException;
import io.fairlead.server.client.ServerLink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server for keys, many at a time. A server without meta commands gives the values with
 * {@code get}, one after the other, and no time to live.
 */
final class KeyQuestion {
  private static final int BATCH = 64;
  private static final int PIECE = 8192;

  private final ServerLink link;
  private final List<@Nullable Copy> copies = new ArrayList<>();

  KeyQuestion(ServerLink link) {
    this.link = link;
  }

  /** What it has under each key, in their order. */
  List<@Nullable Copy> ask(List<byte[]> keys) throws ServerException {
    if (!keys.isEmpty() && !knowsMeta(keys.get(0))) {
      for (byte[] key : keys) {
        copies.add(get(text(key)));
      }
      return copies;
    }
    for (int from = 0; from < keys.size(); from += BATCH) {
      askTogether(keys.subList(from, Math.min(keys.size(), from + BATCH)));
    }
    return copies;
  }

  private boolean knowsMeta(byte[] key) throws ServerException {
    link.send(request(key));
    String line = link.line();
    if (line.equals("ERROR")) {
      return false;
    }
    var unused = copy(line);
    return true;
  }

  private void askTogether(List<byte[]> keys) throws ServerException {
    StringBuilder requests = new StringBuilder();
    keys.forEach(key -> requests.append(request(key)));
    link.send(requests.toString());
    for (int i = 0; i < keys.size(); i++) {
      copies.add(copy(link.line()));
    }
  }

  /** Its size and time to live; u, so that the key stays as old as it is in the LRU. */
  private static String request(byte[] key) {
    return "mg " + text(key) + " s t u\r\n";
  }

  private static @Nullable Copy copy(String line) throws ServerException {
    if (line.equals("EN")) {
      return null;
    }
    String[] words = line.split(" ", -1);
    if (!words[0].equals("HD")) {
      throw strange("mg", line);
    }
    return new Copy(number(words, 's', line), number(words, 't', line));
  }

  private static long number(String[] words, char flag, String line) throws ServerException {
    return Arrays.stream(words)
        .filter(word -> word.matches(flag + "-?\\d{1,18}"))
        .mapToLong(word -> Long.parseLong(word.substring(1)))
        .findFirst()
        .orElseThrow(() -> strange("mg", line));
  }

  private @Nullable Copy get(String key) throws ServerException {
    link.send("get " + key + "\r\n");
    String line = link.line();
    if (line.equals("END")) {
      return null;
    }
    String[] words = line.split(" ", -1);
    if (words.length < 4 || !words[0].equals("VALUE") || !words[3].matches("\\d{1,9}")) {
      throw strange("get", line);
    }
    int size = Integer.parseInt(words[3]);
    skip(size + 2);
    String end = link.line();
    if (!end.equals("END")) {
      throw strange("get", end);
    }
    return new Copy(size, null);
  }

  /** In pieces, as nobody wants the value. */
  private void skip(int bytes) throws ServerException {
    for (int left = bytes; left > 0; left -= PIECE) {
      link.bytes(Math.min(left, PIECE));
    }
  }

  private static ServerException strange(String command, String line) {
    return new ServerException(
        line.startsWith("CLIENT_ERROR unauthenticated")
            ? "asks for a password: give one with auth of the pool"
            : "answers " + command + " with: " + Printable.of(line));
  }

  private static String text(byte[] key) {
    return new String(key, ISO_8859_1);
  }
}
