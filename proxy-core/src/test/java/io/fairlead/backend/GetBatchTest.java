package io.fairlead.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetBatchTest {
  private final GetBatch batch = new GetBatch();
  private final ByteBuf out = Unpooled.buffer();
  private final ExchangePool pool = new ExchangePool();
  private final ReplySink one = new Outcomes();
  private final ReplySink other = new Outcomes();

  @Test
  void getsOfDifferentClientsTravelTogether() {
    begin(get(one, "a"));
    Exchange second = get(other, "b");

    assertThat(batch.accepts(second)).isTrue();
    batch.add(out, second);

    assertThat(batch.isMixed()).isTrue();
    assertThat(batch.keys()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,  0, 'get a b'",
    "GETS, 0, 'gets a b'",
    "GAT,  5, 'gat 5 a b'",
  })
  void writesOneLineForAllKeys(Verb verb, int expiry, String line) {
    begin(exchange(verb, expiry, one, "a"));
    batch.add(out, exchange(verb, expiry, one, "b"));
    batch.end(out);

    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo(line + "\r\n");
  }

  @Test
  void keysOfOneRequestAreNoMixture() {
    begin(get(one, "a"));
    batch.add(out, get(one, "b"));

    assertThat(batch.isMixed()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"GETS", "GAT", "GATS"})
  void otherRetrievalsShareALineWithinTheirRequestOnly(Verb verb) {
    begin(exchange(verb, 5, one, "a"));

    assertThat(batch.accepts(exchange(verb, 5, one, "b"))).isTrue();
    assertThat(batch.accepts(exchange(verb, 5, other, "b"))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Verb.class,
      names = {"GETS", "GAT", "GATS"})
  void differentVerbsShareNoLine(Verb verb) {
    begin(get(one, "a"));

    assertThat(batch.accepts(exchange(verb, 0, one, "b"))).isFalse();
  }

  @Test
  void differentExpiriesShareNoLine() {
    begin(exchange(Verb.GAT, 5, one, "a"));

    assertThat(batch.accepts(exchange(Verb.GAT, 6, one, "b"))).isFalse();
  }

  @Test
  void whatWasRefusedInCompanyTravelsAlone() {
    begin(get(one, "a"));
    Exchange refused = get(one, "b");
    refused.alone = true;

    assertThat(batch.accepts(refused)).isFalse();
  }

  @Test
  void findsEqualKeys() {
    Exchange first = get(one, "a");
    begin(first);
    Exchange second = get(one, "b");
    batch.add(out, second);

    assertThat(batch.find(get(other, "a"))).isSameAs(first);
    assertThat(batch.find(get(other, "b"))).isSameAs(second);
    assertThat(batch.find(get(other, "c"))).isNull();
  }

  @Test
  void tellsKeysOfEqualHashApart() {
    List<Exchange> present = new ArrayList<>();
    for (String key : List.of("a", "b", "ab", "")) {
      Exchange exchange = get(one, key);
      exchange.hashed(-1);
      if (present.isEmpty()) {
        batch.begin(out, exchange);
      }
      batch.add(out, exchange);
      present.add(exchange);
    }
    Exchange wanted = get(other, "ab");
    wanted.hashed(-1);
    Exchange absent = get(other, "aa");
    absent.hashed(-1);

    assertThat(batch.find(wanted)).isSameAs(present.get(2));
    assertThat(batch.find(absent)).isNull();
  }

  @Test
  void forgetsTheKeysOfTheBatchBefore() {
    begin(get(one, "a"));
    batch.end(out);

    begin(get(one, "b"));

    assertThat(batch.find(get(other, "a"))).isNull();
    assertThat(batch.keys()).isEqualTo(1);
    assertThat(batch.isMixed()).isFalse();
  }

  @Test
  void marksTheLastKeyOfTheLine() {
    Exchange first = get(one, "a");
    Exchange last = get(other, "b");
    begin(first);
    batch.add(out, last);
    assertThat(batch.isOpen()).isTrue();

    batch.end(out);

    assertThat(batch.isOpen()).isFalse();
    assertThat(first.last).isFalse();
    assertThat(last.last).isTrue();
  }

  @Test
  void takesABoundedNumberOfKeys() {
    assertThat(fill(Verb.GET, 1)).isEqualTo(128);
  }

  @Test
  void takesABoundedNumberOfBytes() {
    assertThat(fill(Verb.GET, 250)).isEqualTo((8 << 10) / 251 + 1);
    assertThat(fill(Verb.GETS, 250)).isEqualTo((8 << 10) / 251 + 1);
  }

  /** memcached closes on a line of more than 2048 bytes that begins with gat and comes in parts. */
  @ParameterizedTest
  @ValueSource(ints = {12, 100, 249, 250})
  void aLineThatTouchesIsShort(int keyLength) {
    int longest = "gats -2147483648".length() + fill(Verb.GATS, keyLength) * (keyLength + 1) + 2;

    assertThat(longest).isBetween(1500, 2048);
  }

  /** How many keys of a length fit. */
  private int fill(Verb verb, int keyLength) {
    begin(exchange(verb, 0, one, "k".repeat(keyLength)));
    for (int i = 0; ; i++) {
      Exchange next = exchange(verb, 0, one, "k".repeat(keyLength));
      next.hashed(i);
      if (!batch.accepts(next)) {
        return batch.keys();
      }
      batch.add(out, next);
    }
  }

  private void begin(Exchange first) {
    batch.begin(out, first);
    batch.add(out, first);
  }

  private Exchange get(ReplySink sink, String key) {
    return exchange(Verb.GET, 0, sink, key);
  }

  private Exchange exchange(Verb verb, int expiry, ReplySink sink, String key) {
    Exchange exchange = pool.take(sink, 0);
    exchange.retrieves(verb, expiry, Wire.buffer(key), 0, key.length());
    exchange.hashed(key.hashCode());
    return exchange;
  }
}
