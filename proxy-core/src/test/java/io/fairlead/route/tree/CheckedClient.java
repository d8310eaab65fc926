package io.fairlead.route.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.fairlead.Wire;
import io.fairlead.backend.Failure;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Random;

/** One request of a client, which may have one outcome only: a reply of its own key, whole. */
final class CheckedClient implements ReplySink {
  private final String request;
  private final String key;
  private final Random random;
  private final StringBuilder reply = new StringBuilder();
  private boolean relays;
  private boolean over;

  CheckedClient(String request, Random random) {
    this.request = request;
    this.key = Requests.key(request);
    this.random = random;
  }

  boolean isOver() {
    return over;
  }

  @Override
  public boolean relays(int slot) {
    boolean now = random.nextBoolean();
    relays |= now;
    return now;
  }

  @Override
  public void onReply(
      int slot, ReplyCode code, ByteBuf in, int from, int length, boolean complete) {
    assertThat(over).as("told again of %s", request).isFalse();
    reply.append(Wire.text(in, from, length));
    if (!complete) {
      assertThat(relays).as("pieces of %s", request).isTrue();
      return;
    }
    over = true;
    check(reply.toString());
  }

  @Override
  public void onMiss(int slot) {
    assertThat(Requests.isRetrieval(request)).as(request).isTrue();
    assertThat(reply).as("begun before the miss of %s", request).isEmpty();
    end();
  }

  @Override
  public void onFailure(int slot, Failure failure) {
    end();
  }

  private void end() {
    assertThat(over).as("told again of %s", request).isFalse();
    over = true;
  }

  private void check(String text) {
    int end = text.indexOf("\r\n");
    List<String> words = List.of(text.substring(0, end).split(" ", -1));
    switch (words.get(0)) {
      case "VALUE" -> {
        assertThat(words.get(1)).as(request).isEqualTo(key);
        assertThat(words).as(request).hasSize(Requests.returnsCas(request) ? 5 : 4);
        checkValue(text.substring(end + 2), Integer.parseInt(words.get(3)));
      }
      case "VA" -> {
        checkValue(text.substring(end + 2), Integer.parseInt(words.get(1)));
        checkFlags(words.subList(2, words.size()));
      }
      case "HD", "NS", "NF", "EN" -> {
        assertThat(text).as(request).hasSize(end + 2);
        assertThat(request).startsWith("m");
        if (!words.get(0).equals("EN")) {
          checkFlags(words.subList(1, words.size()));
        }
      }
      case "SERVER_ERROR", "CLIENT_ERROR", "ERROR" -> assertThat(text).hasSize(end + 2);
      default ->
          assertThat(Requests.mayBeAnswered(request, words.get(0)))
              .as("%s: %s", request, text)
              .isTrue();
    }
  }

  private void checkValue(String rest, int length) {
    if (!rest.equals(Items.value(key, length) + "\r\n")) {
      fail("%s got %s".formatted(request, rest.substring(0, Math.min(rest.length(), 80))));
    }
  }

  /** Those that were asked for, in that order, and no others. */
  private void checkFlags(List<String> flags) {
    List<String> asked = Requests.answeredFlags(request);
    assertThat(flags.stream().map(flag -> flag.substring(0, 1)).toList())
        .as("%s: %s", request, flags)
        .isEqualTo(asked.stream().map(flag -> flag.substring(0, 1)).toList());
    for (String flag : flags) {
      if (flag.startsWith("k")) {
        assertThat(flag).as(request).isEqualTo("k" + key);
      } else if (flag.startsWith("O")) {
        assertThat(asked).as(request).contains(flag);
      }
    }
  }
}
