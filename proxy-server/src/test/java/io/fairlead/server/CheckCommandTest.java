package io.fairlead.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTest {
  private static final String FINE =
      """
      pools:
        main:
          servers: [10.0.0.1, 10.0.0.2, { name: big, address: 10.0.0.3, weight: 2 }]
          hash: murmur
      """;

  @TempDir private Path folder;

  @Test
  void showsWhatAFileHoldsAndHowEvenlyItSpreadsKeys() throws IOException {
    Path file = file("f.yaml", FINE);

    Cli check = Cli.run("check", file.toString());

    assertThat(check.err()).isEmpty();
    assertThat(check.status()).isZero();
    assertThat(check.out())
        .isEqualTo(
            file
                + """
                : ok: 1 pool, 3 servers, 1 listener
                  pool main: ketama, murmur; % of 10000 keys like these on each server
                    server    address         weight  expected    k0  user:0  user:0:profile   hex  uuid
                    10.0.0.1  10.0.0.1:11211       1      25.0  25.2    25.0            25.1  25.5  25.8
                    10.0.0.2  10.0.0.2:11211       1      25.0  22.2    22.9            23.0  22.5  22.2
                    big       10.0.0.3:11211       2      50.0  52.6    52.1            51.9  52.0  52.1
                """);
  }

  @Test
  void printsWarningsAndSaysOk() throws IOException {
    Path file = file("f.yaml", FINE.replace("murmur", "crc32"));

    Cli check = Cli.run("check", "--quiet", file.toString());

    assertThat(check.out()).isEmpty();
    assertThat(check.err())
        .startsWith("  warning: " + file + ":4:11: pools.main.hash: crc32 (expected: another hash")
        .hasLineCount(1);
    assertThat(check.status()).isZero();
  }

  @Test
  void aWarningFailsAStrictCheck() throws IOException {
    String odd = file("odd.yaml", FINE.replace("murmur", "crc32")).toString();
    String fine = file("fine.yaml", FINE).toString();

    assertThat(Cli.run("check", "--strict", fine).status()).isZero();
    assertThat(Cli.run("check", "--strict", fine, odd).status()).isEqualTo(1);
  }

  @Test
  void listsAllProblemsOfAllFiles() throws IOException {
    Path bad = file("bad.yaml", "pools: { main: { servers: [a, a], timeout: 1 } }\n");
    Path fine = file("fine.yaml", FINE);
    Path missing = folder.resolve("missing.yaml");

    Cli check = Cli.run("check", bad.toString(), fine.toString(), missing.toString());

    assertThat(check.err().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo(bad + ": 2 problems"),
            line ->
                assertThat(line).startsWith("  " + bad + ":1:31: pools.main.servers[1]: name a"),
            line -> assertThat(line).startsWith("  " + bad + ":1:44: pools.main.timeout: 1 "),
            line -> assertThat(line).isEqualTo(missing + ": 1 problem"),
            line ->
                assertThat(line).isEqualTo("  " + missing + ": no such file (expected: a file)"));
    assertThat(check.out()).startsWith(fine + ": ok: 1 pool");
    assertThat(check.status()).isEqualTo(1);
  }

  @Test
  void showsTheWeightsOfMcrouterAndWhatTheyPromise() throws IOException {
    Path file =
        file(
            "m.yaml",
            "pools: { main: { servers: [a, b], distribution: weighted_rendezvous, weights: [1,"
                + " 0.25] } }");

    Cli text = Cli.run("check", file.toString());
    Cli json = Cli.run("check", "--format", "json", file.toString());

    assertThat(text.out().lines().toList())
        .element(1)
        .isEqualTo("  pool main: weighted_rendezvous; % of 10000 keys like these on each server");
    assertThat(text.out())
        .containsPattern("a +a:11211 +1 +80\\.0 +(79|80)\\.")
        .containsPattern("b +b:11211 +0\\.25 +20\\.0 +(19|20)\\.");
    assertThat(json.out())
        .contains("\"name\":\"a\",\"address\":\"a:11211\",\"weight\":1,\"expected\":0.8,")
        .contains("\"name\":\"b\",\"address\":\"b:11211\",\"weight\":0.25,\"expected\":0.2,");
  }

  @Test
  void looksIntoFilesOfNamesAndPasswordsAndRepeatsNothingOfThem() throws IOException {
    Path users = file("users", "alice:hunter2\n");
    Path passwords = file("auth", "proxy:hunter3\n");
    Files.setPosixFilePermissions(users, PosixFilePermissions.fromString("rw-r-----"));
    Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-r--r--"));
    Path file =
        file(
            "f.yaml",
            "{listeners: [{address: \"127.0.0.1:1\", auth: %s}], pools: {p: {servers: [a], auth: %s}}}"
                .formatted(users, passwords));

    Cli check = Cli.run("check", "--strict", file.toString());
    Cli json = Cli.run("check", "--format", "json", file.toString());
    Cli explain = Cli.run("explain", "--config", file.toString());
    Cli converted = Cli.run("convert", file.toString());

    assertThat(check.err())
        .contains(
            "warning: " + users + ": line 1: a password that is not hashed",
            "warning: " + passwords + ": everybody on this machine may read it");
    assertThat(check.status()).isEqualTo(1);
    assertThat(json.out()).contains("\"secrets\":[\"" + users + ": line 1");
    assertThat(converted.out()).contains("auth: ");
    for (Cli each : List.of(check, json, explain, converted)) {
      assertThat(each.out() + each.err()).doesNotContain("hunter");
    }
  }

  @Test
  void looksIntoFilesOfCertificatesAndKeys() throws IOException {
    Path empty = file("empty.pem", "");
    Path file =
        file(
            "f.yaml",
            """
            listeners:
              - {address: "127.0.0.1:1", tls: {certificate: %1$s, key: /no/key}}
            pools: {p: {servers: [a], tls: {ca: /no/ca}}}
            """
                .formatted(empty));

    Cli check = Cli.run("check", file.toString());

    assertThat(check.status()).isZero();
    assertThat(check.err())
        .contains(
            "warning: " + empty + ": (expected: a certificate in PEM)",
            "warning: /no/ca: (expected: a file that exists)");
    assertThat(Cli.run("check", "--strict", file.toString()).status()).isEqualTo(1);
  }

  @Test
  void printsOneJsonObjectForEachFile() throws IOException {
    Path odd = file("odd.yaml", FINE.replace("murmur", "crc32"));
    Path bad = file("bad.yaml", "pools: {}\n");

    Cli check = Cli.run("check", "--format", "json", odd.toString(), bad.toString());

    assertThat(check.err()).isEmpty();
    assertThat(check.out().lines())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .startsWith(
                        "{\"file\":\"" + odd + "\",\"ok\":true,\"problems\":[],\"warnings\":[{")
                    .contains("\"line\":4,\"column\":11,\"path\":\"pools.main.hash\"")
                    .contains("\"name\":\"big\",\"address\":\"10.0.0.3:11211\",\"weight\":2")
                    .contains("\"expected\":0.5,\"measured\":{\"k0\":0.0,"),
            line ->
                assertThat(line)
                    .startsWith("{\"file\":\"" + bad + "\",\"ok\":false,\"problems\":[{\"line\":1,")
                    .endsWith("\"warnings\":[]}"));
    assertThat(check.status()).isEqualTo(1);
  }

  @Test
  void ofManyServersShowsThoseFurthestFromTheirShare() throws IOException {
    String servers =
        IntStream.range(0, 30).mapToObj(i -> "cache-" + i).collect(Collectors.joining(", "));
    Path file = file("f.yaml", "pools: { main: { servers: [" + servers + "], hash: md5 } }\n");

    Cli check = Cli.run("check", file.toString());

    assertThat(check.out().lines()).filteredOn(line -> line.startsWith("    cache-")).hasSize(20);
    assertThat(check.out()).endsWith("    … and 10 servers nearer to their share\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --diff other.yaml a   | (expected: running; fairlead where --config A --compare B compares two files)
          --diff running a b    | --diff takes one FILE: a proxy can serve only one of them.
          --admin localhost a   | --admin needs --diff running.
          """)
  void saysWhatCannotBeCompared(String options, String sentence) {
    Cli check = Cli.run(("check " + options).split(" ", -1));

    assertThat(check.err()).contains(sentence + "\n");
    assertThat(check.status()).isEqualTo(2);
  }

  private Path file(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml);
  }
}
