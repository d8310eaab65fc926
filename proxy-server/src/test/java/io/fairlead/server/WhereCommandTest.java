package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.command.FileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereCommandTest {
  private static final String YAML =
      """
      listeners:
        - { address: 127.0.0.1:5000, pool: main }
      pools:
        main:
          servers:
            - { name: cache-a, address: 10.0.0.1 }
            - { name: cache-b, address: 10.0.0.2 }
            - { name: cache-c, address: 10.0.0.3, weight: 2 }
          hash_tag: "{}"
        slots: { servers: ["[::1]:1", "[::1]:2"], distribution: modula, eject: { then: error } }
        copies: { mode: replicated, servers: [a, b, c] }
        sole: { servers: [a] }
        some: { servers: [a, b], distribution: random }
        none: { servers: [] }
      """;

  @TempDir private Path folder;
  private String config = "";

  @BeforeEach
  void write() throws IOException {
    config = file("f.yaml", YAML);
  }

  @Test
  void namesTheServerOfAKeyInEachPool() {
    Cli where = Cli.run("where", "--config", config, "user:{42}:name");

    assertThat(where.out())
        .isEqualTo(
            """
            pool    hash        position           server   address         if down  key
            main    3031536163  349 at 3038303740  cache-c  10.0.0.3:11211  cache-b  user:{42}:name  (hashed: 42)
            slots   2586002863  1 of 2             ::1:2    [::1]:2         error    user:{42}:name
            copies  -           -                  a        a:11211         b, c     user:{42}:name
            sole    -           -                  a        a:11211         error    user:{42}:name
            some    -           -                  any      -               another  user:{42}:name
            none    -           -                  none     -               -        user:{42}:name
            """);
    assertThat(where.err()).isEmpty();
    assertThat(where.status()).isZero();
  }

  @Test
  void saysTheSameAsJson() {
    Cli where = Cli.run("where", "--config", config, "--format", "json", "user:{42}:name");

    assertThat(where.out())
        .isEqualTo(
            """
            {"key":"user:{42}:name","hashed":"42","pool":"main","hash":3031536163,"point":349,"point_value":3038303740,"server":"cache-c","address":"10.0.0.3:11211","if_down":"cache-b"}
            {"key":"user:{42}:name","pool":"slots","hash":2586002863,"slot":1,"server":"::1:2","address":"[::1]:2","if_down":null}
            {"key":"user:{42}:name","pool":"copies","reads":["a","b","c"]}
            {"key":"user:{42}:name","pool":"sole","server":"a","address":"a:11211","if_down":null}
            {"key":"user:{42}:name","pool":"some","any_of":["a","b"]}
            {"key":"user:{42}:name","pool":"none","server":null}
            """);
  }

  @Test
  void ofADistributionOfMcrouterItTellsTheServersAndNoPoints() throws IOException {
    String mcrouter =
        file(
            "m.yaml",
            """
            listeners:
              - { address: 127.0.0.1:5000, pool: old }
              - { address: 127.0.0.1:5002, pool: new }
            pools:
              old: { servers: [a, b, c], distribution: ch3 }
              new:
                servers: [a, b, c]
                distribution: rendezvous
                tags: ["10.0.0.1:11211", "10.0.0.2:11211", "10.0.0.3:11211"]
            """);

    Cli text = Cli.run("where", "--config", mcrouter, "key|#|tail");
    Cli json = Cli.run("where", "--config", mcrouter, "--format", "json", "key|#|tail");

    assertThat(text.out())
        .isEqualTo(
            """
            pool  hash        position  server  address  if down  key
            old   -           -         a       a:11211  error    key|#|tail  (hashed: key)
            new   -           -         c       c:11211  a        key|#|tail  (hashed: key)
            """);
    assertThat(json.out())
        .isEqualTo(
            """
            {"key":"key|#|tail","hashed":"key","pool":"old","server":"a","address":"a:11211","if_down":null}
            {"key":"key|#|tail","hashed":"key","pool":"new","server":"c","address":"c:11211","if_down":"a"}
            """);
  }

  @Test
  void countsWhatMovesBetweenARingAndADistributionOfMcrouter() throws IOException {
    String ring = file("r.yaml", "pools: { main: { servers: [a, b, c, d], hash: murmur } }");
    String ch3 = file("c.yaml", "pools: { main: { servers: [a, b, c, d], distribution: ch3 } }");

    Cli same = Cli.run("where", "--config", ch3, "--compare", ch3);
    Cli other = Cli.run("where", "--config", ring, "--compare", ch3, "--fail-above", "70");

    assertThat(same.out()).startsWith("pool main: 0 of 100000 keys move\n");
    assertThat(other.out()).containsPattern("pool main: 7[3-7]... of 100000 keys move");
    assertThat(other.status()).isEqualTo(1);
  }

  @Test
  void readsKeysFromAFileOrStandardInput() throws IOException {
    String keys = file("keys.txt", "a\nb\r\nc");

    Cli fromFile = Cli.run("where", "--config", config, "--pool", "main", "--file", keys);
    Cli fromInput =
        Cli.runWith("a\nb\r\nc", "where", "--config", config, "--pool", "main", "--file", "-");
    Cli words = Cli.run("where", "--config", config, "--pool", "main", "a", "b", "c");

    assertThat(fromFile.out()).hasLineCount(4).isEqualTo(words.out());
    assertThat(fromInput).isEqualTo(fromFile);
  }

  @Test
  void aRefusedKeyIsALineOfItsOwn() {
    String keys = "ok\n\nwith space\nbell\u0007\n" + "x".repeat(251) + "\nok\n";

    Cli text = Cli.runWith(keys, "where", "--config", config, "--pool", "sole", "--file", "-");
    Cli json =
        Cli.runWith(
            keys, "where", "--config", config, "--pool", "sole", "--file", "-", "--format", "json");

    assertThat(text.out().lines().skip(2).limit(4))
        .containsExactly(
            "refused, as it has no bytes: ",
            "refused, as it has a space: with space",
            "refused, as it has the control byte 0x07: bell\\x07",
            "refused, as it has more than 250 bytes: " + "x".repeat(60) + "…");
    assertThat(json.out().lines().skip(1).limit(3))
        .containsExactly(
            "{\"key\":\"\",\"refused\":\"no bytes\"}",
            "{\"key\":\"with space\",\"refused\":\"a space\"}",
            "{\"key\":\"bell\\u0007\",\"refused\":\"the control byte 0x07\"}");
    assertThat(text.out()).endsWith("ok\n");
    assertThat(text.status()).isZero();
  }

  @Test
  void aKeyThatIsNoTextIsGivenInBase64() throws IOException {
    Path keys = folder.resolve("keys");
    Files.write(keys, new byte[] {'a', (byte) 0xff, '\n', (byte) 0xc3, (byte) 0xa9, '\n', '"'});

    Cli where =
        Cli.run(
            "where",
            "--config",
            config,
            "--pool",
            "sole",
            "--file",
            keys.toString(),
            "--format",
            "json");

    assertThat(where.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("{\"key_base64\":\"Yf8=\",\"pool\""),
            line -> assertThat(line).startsWith("{\"key\":\"é\",\"pool\""),
            line -> assertThat(line).startsWith("{\"key\":\"\\\"\",\"pool\""));
  }

  @Test
  void saysWhatMoves() throws IOException {
    String other =
        file("g.yaml", YAML.replace("cache-b, address: 10.0.0.2", "cache-b, address: b"));

    Cli where =
        Cli.run(
            "where", "--config", config, "--compare", other, "--pool", "main", "--pool", "sole");

    assertThat(where.out())
        .isEqualTo(
            """
            pool main: 20680 of 100000 keys move (20.7 %)
              from     address         to       address   keys  of all  what changes
              cache-b  10.0.0.2:11211  cache-b  b:11211  20680  20.7 %  address only
            pool sole: 0 of 100000 keys move
            all pools: 20680 of 200000 keys move (10.3 %)
            made-up keys, 20000 of each shape: k0, user:0, user:0:profile, hex, uuid
            """);
    assertThat(where.status()).isZero();
  }

  @Test
  void comparesPoolsOfDifferentNames() throws IOException {
    String old = file("old.yaml", "pools: { alpha: { servers: [a, b] } }");
    String now = file("now.yaml", "pools: { beta: { servers: [b, a] } }");

    Cli unpaired = Cli.run("where", "--config", old, "--compare", now);
    Cli paired = Cli.run("where", "--config", old, "--compare", now, "--pool", "alpha=beta", "k");

    assertThat(unpaired.err())
        .isEqualTo(
            "fairlead: no pool has the same name in both files: give --pool A=B ("
                + (old + " has alpha; " + now + " has beta).\n"));
    assertThat(unpaired.status()).isEqualTo(1);
    assertThat(paired.out()).isEqualTo("pool alpha = beta: 0 of 1 keys move\n");
  }

  @Test
  void namesPoolsThatOneFileLacks() throws IOException {
    String old =
        file(
            "old.yaml",
            "listeners: [{ address: :1, pool: x }]\n".replace(":1", "h:1")
                + "pools: { x: { servers: [a] }, y: { servers: [a] } }");
    String now = file("now.yaml", "pools: { x: { servers: [a] } }");

    Cli where = Cli.run("where", "--config", old, "--compare", now);
    Cli strict = Cli.run("where", "--config", old, "--compare", now, "--fail-above", "50");

    assertThat(where.out()).contains("pool y: only in " + old + "\n");
    assertThat(where.status()).isZero();
    assertThat(strict.err())
        .isEqualTo("fairlead: pool y is not in " + now + ": all its keys move.\n");
    assertThat(strict.status()).isEqualTo(1);
  }

  @Test
  void failsAboveTheAllowedPartOnly() throws IOException {
    String other =
        file("g.yaml", YAML.replace("cache-b, address: 10.0.0.2", "cache-b, address: b"));
    String[] most21 = {"where", "--config", config, "--compare", other, "--fail-above", "21"};
    String[] most20 = {"where", "--config", config, "--compare", other, "--fail-above", "20"};

    assertThat(Cli.run(most21).status()).isZero();
    Cli failed = Cli.run(most20);
    assertThat(failed.out()).contains("pool main: 20680 of 100000 keys move");
    assertThat(failed.err())
        .isEqualTo("fairlead: 20.68 % of the keys of pool main move (expected: at most 20.0 %).\n");
    assertThat(failed.status()).isEqualTo(1);
  }

  @Test
  void leavesRefusedKeysOutOfAComparison() {
    Cli where =
        Cli.runWith(
            "a\nb c\nd\n",
            "where",
            "--config",
            config,
            "--compare",
            config,
            "--pool",
            "main",
            "--file",
            "-");

    assertThat(where.out())
        .isEqualTo(
            "pool main: 0 of 2 keys move\nleft out, as memcached refuses them: 1 of the keys\n");
  }

  @Test
  void comparesAsJson() throws IOException {
    String other =
        file("g.yaml", YAML.replace("cache-b, address: 10.0.0.2", "cache-b, address: b"));

    Cli where =
        Cli.run(
            "where", "--config", config, "--compare", other, "--pool", "main", "--format", "json");

    assertThat(where.out())
        .isEqualTo(
            """
            {"pool":"main","other":"main","keys":100000,"moved":20680,"percent":20.68,"moves":[{"from":{"name":"cache-b","address":"10.0.0.2:11211"},"to":{"name":"cache-b","address":"b:11211"},"change":"address","keys":20680}]}
            {"keys":100000,"moved":20680,"percent":20.68}
            """);
  }

  @Test
  void saysInOneSentenceWhatCannotBeDone() {
    assertThat(Cli.run("where", "--config", config, "--pool", "mian", "k").err())
        .isEqualTo(
            "fairlead: no pool mian in "
                + config
                + " (expected: main, slots, copies, sole, some, none).\n");
    assertThat(Cli.run("where", "--config", config, "--file", "/nowhere").err())
        .isEqualTo("fairlead: /nowhere: no such file (expected: one key on each line).\n");
    assertThat(Cli.run("where", "--config", config, "--file", "/").err())
        .isEqualTo("fairlead: / is a directory (expected: a file with one key on each line).\n");
    assertThat(Cli.run("where", "--config", config, "--file", "\ud800").err())
        .isEqualTo("fairlead: --file: " + FileName.UNKNOWN_CHARACTERS + "\n");
    assertThat(Cli.run("where", "--config", config, "\ufffd").err())
        .startsWith("fairlead: a key has characters that the locale (LANG) does not know");
    assertThat(Cli.run("where", "--config", "/nowhere", "k").err())
        .isEqualTo("fairlead: /nowhere: no such file (expected: a file)\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --timeout 1s k                 | --timeout needs --live.
          --live --compare FILE k        | --live and --compare are two questions: leave one of them out.
          --live --operation set k       | --operation is for routes, and --live asks the servers of pools.
          --live                         | No key is named: give one or more, or --file KEYS.
          """)
  void saysWhichOptionsDoNotGoTogether(String options, String sentence) {
    String[] words = ("where --config FILE " + options).replace("FILE", config).split(" ", -1);

    Cli where = Cli.run(words);

    assertThat(where.err()).startsWith("fairlead: " + sentence + "\n");
    assertThat(where.status()).isEqualTo(2);
  }

  @Test
  void asksServersForSoManyKeysOnly() throws IOException {
    String keys = file("keys.txt", "k\n".repeat(10_001));

    Cli where = Cli.run("where", "--config", config, "--live", "--file", keys);

    assertThat(where.err())
        .isEqualTo("fairlead: --live asks for at most 10000 keys at a time: give fewer of them.\n");
    assertThat(where.status()).isEqualTo(1);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static final String MCROUTER =
      """
      {
        "pools": {"A": {"servers": ["10.0.0.1:1", "10.0.0.2:1"]}, "B": {"servers": ["10.0.1.1:1"]}},
        "route": {
          "type": "OperationSelectorRoute",
          "default_policy": {"type": "FailoverRoute", "children": ["PoolRoute|A", "PoolRoute|B"]},
          "operation_policies": {"delete": "AllSyncRoute|Pool|A", "incr": "NullRoute"}
        }
      }
      """;

  @Test
  void namesTheServersThatRoutesLeadTo() throws IOException {
    String file = file("m.json", MCROUTER);

    Cli get = Cli.run("where", "--config", file, "k", "/././k|#|x");
    Cli delete = Cli.run("where", "--config", file, "--operation", "delete", "k");
    Cli incr = Cli.run("where", "--config", file, "--operation", "incr", "k");

    assertThat(get.err()).isEmpty();
    assertThat(get.out())
        .isEqualTo(
            """
            routes    operation  key: servers in the order in which they are asked
            mcrouter  get        k: 10.0.0.1:1 10.0.1.1:1
            mcrouter  get        /././k|#|x: 10.0.0.1:1 10.0.1.1:1
            """);
    assertThat(delete.out()).endsWith("delete     k: 10.0.0.1:1 10.0.0.2:1\n");
    assertThat(incr.out()).endsWith("incr       k: none\n");
    assertThat(get.status()).isZero();
  }

  @Test
  void namesTheServersThatRoutesLeadToAsJson() throws IOException {
    String file = file("m.json", MCROUTER);

    Cli json = Cli.run("where", "--config", file, "--format", "json", "k", "a b");

    assertThat(json.out().lines().toList().get(0))
        .startsWith(
            "{\"key\":\"k\",\"routes\":\"mcrouter\",\"operation\":\"get\","
                + "\"servers\":[\"10.0.0.1:1\",\"10.0.1.1:1\"],\"nodes\":[\"")
        .endsWith("\"]}");
    assertThat(json.out().lines().toList().get(1)).contains("\"key\":\"a b\",\"refused\":");
  }

  @Test
  void namesTheServerInAPoolBelowRoutesWhenAskedForThePool() throws IOException {
    Cli cli = Cli.run("where", "--config", file("m.json", MCROUTER), "--pool", "A", "k");

    assertThat(cli.out().lines().toList().get(1)).startsWith("A ").contains("10.0.0.1:1");
  }

  @Test
  void theOperationIsForRoutes() {
    Cli cli = Cli.run("where", "--config", config, "--operation", "set", "k");

    assertThat(cli.err()).startsWith("fairlead: --operation is for routes: ");
    assertThat(cli.status()).isEqualTo(2);
  }

  @Test
  void comparesPoolsOfDifferentDialects() throws IOException {
    String mcrouter = file("m.json", MCROUTER);
    String own =
        file(
            "own.yaml",
            "pools: {A: {servers: [10.0.0.1:1, 10.0.0.2:1], distribution: ch3, eject: false}}");

    Cli cli = Cli.run("where", "--config", mcrouter, "--compare", own, "--pool", "A");

    assertThat(cli.out()).startsWith("pool A: 0 of 100000 keys move");
    assertThat(cli.status()).isZero();
  }
}
