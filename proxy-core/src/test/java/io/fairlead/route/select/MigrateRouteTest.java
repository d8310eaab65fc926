package io.fairlead.route.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.backend.Exchange;
import io.fairlead.backend.ReplySink;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Route;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MigrateRouteTest {
  private static final long START = 1_800_000_000;
  private static final long INTERVAL = 3600;

  private final MovingKeys keys = new MovingKeys(START, INTERVAL);
  private long now;
  private final Route route =
      new MigrateRoute(new Named("from"), new Named("to"), new Named("both"), keys, () -> now);

  /** A route that is only looked at. */
  private record Named(String name) implements Route {
    @Override
    public void get(Exchange exchange, int lane) {
      throw new AssertionError(name + " is only looked at");
    }

    @Override
    public void send(Command command, ByteBuf in, ReplySink sink, int slot, int lane) {
      throw new AssertionError(name + " is only looked at");
    }

    @Override
    public void outline(Outline outline) {
      outline.leaf(name);
    }
  }

  private List<String> where(Operation operation, String key, long moment) {
    now = moment;
    Outline outline = new Outline(new Question(operation, key.getBytes(UTF_8)));
    route.outline(outline);
    return outline.lines().stream().skip(1).map(String::strip).toList();
  }

  private long moment(String key) {
    return keys.moment(key.getBytes(UTF_8), key.length());
  }

  @ParameterizedTest
  @EnumSource(value = Operation.class, mode = EnumSource.Mode.EXCLUDE, names = "DELETE")
  void aKeyMovesAtItsMoment(Operation operation) {
    for (String key : List.of("a", "user:42", "b".repeat(250))) {
      long moment = moment(key);

      assertThat(where(operation, key, START - 1)).containsExactly("from");
      assertThat(where(operation, key, START + INTERVAL - 1)).containsExactly("from");
      assertThat(where(operation, key, moment - 1)).containsExactly("from");
      assertThat(where(operation, key, moment)).containsExactly("to");
      assertThat(where(operation, key, START + 2 * INTERVAL)).containsExactly("to");
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, from", "0, from to", "3600, from to", "7199, from to", "7200, to", "9999, to"})
  void deletesGoToBothWhileKeysMove(long afterStart, String where) {
    assertThat(where(Operation.DELETE, "a", START + afterStart)).containsExactly(where.split(" "));
  }

  @Test
  void keysMoveEvenlyInTheSecondInterval() {
    long[] perTenth = new long[10];
    IntStream.range(0, 10_000)
        .mapToLong(i -> moment("key" + i))
        .forEach(moment -> perTenth[(int) ((moment - START - INTERVAL) * 10 / INTERVAL)]++);

    assertThat(Arrays.stream(perTenth).boxed())
        .allSatisfy(keysInTenth -> assertThat(keysInTenth).isBetween(850L, 1150L));
  }

  @Test
  void keysThatAreHashedAlikeMoveTogether() {
    assertThat(moment("user:42|#|name"))
        .isEqualTo(moment("user:42|#|age"))
        .isEqualTo(moment("user:42"));
  }

  @Test
  void withoutAnIntervalAllKeysMoveAtOnce() {
    assertThat(new MovingKeys(START, 0).moment(new byte[] {'a'}, 1)).isEqualTo(START);
  }
}
