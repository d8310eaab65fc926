package io.fairlead.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.AccessRule;
import io.fairlead.config.AccessRule.AccessCommand;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionsTest {
  private static Permissions of(String commands, String... prefixes) {
    boolean readOnly = commands.startsWith("read_only ");
    Set<AccessCommand> set =
        Arrays.stream(commands.replace("read_only ", "").split("\\+", -1))
            .filter(word -> !word.equals("usual"))
            .map(word -> AccessCommand.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toSet());
    return Permissions.of(new AccessRule("a", set, List.of(prefixes), readOnly));
  }

  private static boolean allows(Permissions permissions, String line) {
    ByteBuf in = Unpooled.copiedBuffer(line + "\r\n", US_ASCII);
    Command command = new Command();
    new RequestParser().parse(in, 0, in.readableBytes() - 1, command);
    assertThat(command.error()).as(line).isNull();
    return permissions.allow(command, in);
  }

  /** r: read, w: write, b: read and write together; then usual, all, and the usual read only. */
  @ParameterizedTest
  @CsvSource({
    // line,                     r, w, b, usual, all, read only
    "get k,                      1, 0, 1, 1, 1, 1",
    "gets k,                     1, 0, 1, 1, 1, 1",
    "gat 1 k,                    0, 0, 1, 1, 1, 0",
    "gats 1 k,                   0, 0, 1, 1, 1, 0",
    "set k 0 0 1,                0, 1, 1, 1, 1, 0",
    "add k 0 0 1,                0, 1, 1, 1, 1, 0",
    "replace k 0 0 1,            0, 1, 1, 1, 1, 0",
    "append k 0 0 1,             0, 1, 1, 1, 1, 0",
    "prepend k 0 0 1,            0, 1, 1, 1, 1, 0",
    "cas k 0 0 1 1,              0, 1, 1, 1, 1, 0",
    "incr k 1,                   0, 1, 1, 1, 1, 0",
    "decr k 1,                   0, 1, 1, 1, 1, 0",
    "touch k 1,                  0, 1, 1, 1, 1, 0",
    "delete k,                   0, 1, 1, 1, 1, 0",
    "mg k,                       1, 0, 1, 1, 1, 1",
    "mg k v t f s c k O1 q h l,  1, 0, 1, 1, 1, 1",
    "mg k v T30,                 0, 0, 1, 1, 1, 0",
    "mg k N30 v,                 0, 0, 1, 1, 1, 0",
    "mg k v R30,                 0, 0, 1, 1, 1, 0",
    "mg k v E5,                  0, 0, 1, 1, 1, 0",
    "ms k 1,                     0, 1, 1, 1, 1, 0",
    "md k,                       0, 1, 1, 1, 1, 0",
    "md k I T1,                  0, 1, 1, 1, 1, 0",
    "ma k v,                     0, 1, 1, 1, 1, 0",
    "me k,                       1, 0, 1, 1, 1, 1",
    "stats,                      0, 0, 0, 1, 1, 1",
    "flush_all,                  0, 0, 0, 0, 1, 0",
    "mn,                         1, 1, 1, 1, 1, 1",
    "version,                    1, 1, 1, 1, 1, 1",
    "verbosity 1,                1, 1, 1, 1, 1, 1",
    "quit,                       1, 1, 1, 1, 1, 1",
  })
  void groupsHaveTheirCommands(
      String line, int read, int write, int both, int usual, int all, int readOnly) {
    assertThat(allows(of("read"), line)).as("read").isEqualTo(read == 1);
    assertThat(allows(of("write"), line)).as("write").isEqualTo(write == 1);
    assertThat(allows(of("read+write"), line)).as("both").isEqualTo(both == 1);
    assertThat(allows(of("usual"), line)).as("usual").isEqualTo(usual == 1);
    assertThat(allows(of("all"), line)).as("all").isEqualTo(all == 1);
    assertThat(allows(of("read_only usual"), line)).as("read only").isEqualTo(readOnly == 1);
    assertThat(allows(of("read_only all"), line)).as("all, read only").isEqualTo(readOnly == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "get, get k, true",
    "get, gets k, false",
    "get, mg k, false",
    "gat, gat 1 k, true",
    "read_only gat, gat 1 k, false",
    "mg, mg k T1, true",
    "read_only mg, mg k, true",
    "read_only mg, mg k T1, false",
    "read+mg, mg k T1, true",
    "read+touch, mg k T1, false",
    "stats, stats, true",
    "stats, get k, false",
    "flush_all, flush_all, true",
    "read_only flush_all, flush_all, false",
  })
  void commandsMayBeNamedOneByOne(String commands, String line, boolean allowed) {
    assertThat(allows(of(commands), line)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "get a:1, true",
    "get a:, true",
    "get a, false",
    "get b:1, false",
    "get A:1, false",
    "get xx:y, true",
    "get a:1 xx:2 a:3, true",
    "'get a:1  a:2 ', true",
    "get a:1 b:2, false",
    "get b:1 a:2, false",
    "gat 5 a:1 b:1, false",
    "gat 5 a:1, true",
    "set a:1 0 0 1, true",
    "set b:1 0 0 1, false",
    "incr b:1 1, false",
    "touch a:1 1, true",
    "delete b:1, false",
    "mg a:1 v, true",
    "mg b:1 v, false",
    "mg YTox b v, true",
    "mg Yjox b v, false",
    "ms YTox 1 b, true",
    "stats, true",
    "mn, true",
  })
  void everyKeyHasToBeginWithAPrefix(String line, boolean allowed) {
    assertThat(allows(of("usual", "a:", "xx:"), line)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "flush_all", "all+flush_all"})
  void nobodyEmptiesAllKeysWhoHasSomeOnly(String commands) {
    assertThat(allows(of(commands, "a:"), "flush_all")).isFalse();
  }

  @Test
  void anIdentityHasItsOwnRuleOrThatOfEverybodyOrNothing() {
    AccessRule alice = new AccessRule("alice", Set.of(AccessCommand.GET), List.of(), false);
    AccessRule everybody = new AccessRule("*", Set.of(AccessCommand.DELETE), List.of(), false);
    AccessRules both = new AccessRules(List.of(alice, everybody));
    AccessRules one = new AccessRules(List.of(alice));

    assertThat(new AccessRules(List.of()).of("alice")).isNull();
    assertThat(allows(requireNonNull(both.of("alice")), "get k")).isTrue();
    assertThat(allows(requireNonNull(both.of("alice")), "delete k")).isFalse();
    assertThat(allows(requireNonNull(both.of("bob")), "delete k")).isTrue();
    assertThat(allows(requireNonNull(both.of(null)), "delete k")).isTrue();
    assertThat(allows(requireNonNull(both.of("*")), "get k")).isFalse();
    assertThat(allows(requireNonNull(one.of("bob")), "get k")).isFalse();
    assertThat(allows(requireNonNull(one.of(null)), "version")).isTrue();
  }
}
