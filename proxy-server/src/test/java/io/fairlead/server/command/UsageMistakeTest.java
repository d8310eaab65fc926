package io.fairlead.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.Cli;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageMistakeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                  | A command is missing: serve, demo, check, where, explain, convert, nutcracker, mcrouter, doctor, bench, warm, top, drain, resume, hash-password, completion, man.
          sevre                               | Unknown command: sevre
          serve                               | No memcached server is named: give --server HOST:PORT for each, or --config FILE.
          serve --server a b                  | Unexpected word: b (expected: options; each value after its own option)
          serve --servers a                   | Unknown option: --servers
          serve --server a --treads 3         | Unknown option: --treads
          serve --server a --threads 0        | --threads: 0 (expected: auto, or 1-256)
          serve --server a --threads many     | --threads: many (expected: auto, or 1-256)
          serve --server a --transport kqueue | --transport: kqueue (expected: auto, epoll, nio)
          serve --server a --timeout 250      | --timeout: 250 (expected: a time from 1ms to 60m with its unit: ms, s or m, as in 250ms)
          serve --server a --allow flush      | --allow: flush (expected: flush_all)
          serve --server a:b                  | --server: a:b (expected: a port from 0 to 65535)
          serve --server 11211                | --server: 11211 (expected: host:port, as in cache1:11211)
          serve --server a:0                  | --server: a:0 (expected: host:port, as in cache1:11211)
          serve --server a --server a:11211   | --server: a:11211 (expected: each server once)
          serve --server a --listen :70000    | --listen: 0.0.0.0:70000 (expected: a port from 0 to 65535)
          serve --server a --admin unix:/a    | --admin: unix:/a (expected: host:port, :port or off)
          serve --server a --listen :5001     | --admin: 127.0.0.1:5001 (expected: another port than --listen 0.0.0.0:5001, or off)
          serve --config f --server a         | --config and --server exclude each other: write it into the file, or leave --config out.
          serve --config f --threads 1        | --config and --threads exclude each other: write it into the file, or leave --config out.
          serve --config f --on-parse-error x | --on-parse-error: x (expected: answer, close)
          serve --config f --multiget-failure | Missing required parameter for option '--multiget-failure' (WORD)
          serve --config f --multiget-failure x | --multiget-failure: x (expected: partial, error, miss)
          serve --config f --error-text x     | --error-text: x (expected: native, twemproxy, grouped)
          serve --config f --key-bytes x      | --key-bytes: x (expected: signed, unsigned)
          serve --config f --admin x          | --admin: x (expected: host:port, :port or off)
          serve --server a --key-bytes signed | --key-bytes is for a nutcracker.yml: name it with --config FILE.
          serve --skip-redis-pools            | --skip-redis-pools is for a nutcracker.yml: name it with --config FILE.
          demo --port 70000                   | --port: 70000 (expected: 0-65535)
          demo --nodes 0                      | --nodes: 0 (expected: 1-32)
          check                               | Missing required parameter: 'FILE'
          check f --format xml                | --format: xml (expected: text, json)
          where a                             | Missing required option: '--config=FILE'
          where --config f                    | No key is named: give one or more, or --file KEYS.
          where --config f --file k a         | Keys are given twice: as words and with --file; leave one of them out.
          where --config f --fail-above 5 a   | --fail-above needs --compare OTHER.
          where --config f --compare g --fail-above 5% | --fail-above: 5% (expected: 0-100, as in 5 or 0.5)
          where --config f --compare g --fail-above 101 | --fail-above: 101 (expected: 0-100, as in 5 or 0.5)
          convert                             | Missing required parameter: 'FILE'
          doctor                              | Missing required option: '--config=FILE'
          warm --from a                       | Missing required option: '--to=B'
          warm --from a: --to b               | --from: a: (expected: a file, or host:port,host:port)
          drain                               | Missing required parameter: 'SERVER'
          drain a --admin ftp://b             | --admin: ftp://b (expected: host:port, or a URL as http://host:5001)
          resume a --timeout 5                | --timeout: 5 (expected: a time from 1ms to 60m with its unit: ms, s or m, as in 250ms)
          completion fish                     | SHELL: fish (expected: bash, zsh)
          completion                          | Missing required parameter: 'SHELL'
          bench a --rate fast                 | --rate: fast (expected: requests per second, as 1000, or max)
          bench a --rate 0                    | --rate: 0 (expected: requests per second, as 1000, or max)
          bench a --mix 9                     | --mix: 9 (expected: gets:sets, as in 9:1)
          bench a --mix 0:0                   | --mix: 0:0 (expected: gets:sets, as in 9:1)
          bench a --zipf x                    | --zipf: x (expected: 0-5, as in 0.99)
          bench a --keys 0                    | --keys: 0 (expected: 1-100000000)
          bench a --prefix user:              | --prefix: user: (expected: fairlead-bench: and more printable ASCII, so that nobody else's keys are overwritten)
          bench a --value-size 1000000 --connections 65 | --connections: 65 (expected: 64 at most for values of that size, as each has a buffer)
          bench 127.0.0.1:0                   | HOST:PORT: 127.0.0.1:0 (expected: a port from 1 to 65535)
          bench 127.0.0.1 --compare 127.0.0.1 | --compare: 127.0.0.1:11211 (expected: another address)
          """)
  void isOneSentenceAndStatusTwo(String args, String sentence) {
    Cli cli = Cli.run(args.isEmpty() ? new String[0] : args.split(" "));

    assertThat(cli.err()).startsWith("fairlead: " + sentence + System.lineSeparator());
    assertThat(cli.err()).contains("--help").doesNotContain("Exception");
    assertThat(cli.out()).isEmpty();
    assertThat(cli.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "check, 2",
    "serve --config, 2",
    "where k --config, 2",
    "where --config f --compare, 2",
    "convert, 2",
    "convert f -o, 2",
    "nutcracker -c, 1",
    "nutcracker -o, 1",
    "nutcracker -p, 1",
  })
  void saysThatTheLocaleHasNoSuchFileName(String args, int status) {
    // No encoding has half a surrogate pair, as the locale C has nothing but ASCII.
    Cli cli = Cli.run((args + " f\ud800.yml").split(" ", -1));

    assertThat(cli.err())
        .contains("the file name has characters that the locale (LANG) does not know")
        .doesNotContain("Exception");
    assertThat(cli.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "sevre, serve",
    "dmeo, demo",
    "serve --servers a, --server",
    "serve --server a --treads 3, --threads",
    "demo --prot 5001, --port",
    "chekc, check",
    "wehre, where",
    "where --config f --compere a, --compare",
    "bnech, bench",
    "bench --multigets, --multiget",
  })
  void offersTheNearestWord(String args, String near) {
    Cli cli = Cli.run(args.split(" "));

    assertThat(cli.err()).containsPattern("Did you mean .*" + near + "\\b.*\\?");
  }
}
