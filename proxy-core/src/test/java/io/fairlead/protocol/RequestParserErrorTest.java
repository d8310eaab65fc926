package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a malformed line is answered, how much of what follows belongs to it, and whether the next
 * request can still be found.
 */
class RequestParserErrorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          foo                                   | ERROR
          GET k                                 | ERROR
          Get k                                 | ERROR
          foo bar noreply                       | ERROR
          getx k                                | ERROR
          ''                                    | ERROR
          a                                     | ERROR
          \\x00                                 | ERROR
          '   '                                 | ERROR
          '\\x80'                               | ERROR
          get                                   | ERROR
          'get '                                | ERROR
          gets                                  | ERROR
          gat                                   | ERROR
          gats                                  | ERROR
          get\\x09k                             | ERROR
          incr                                  | ERROR
          incr k                                | ERROR
          decr k                                | ERROR
          incr k 1 noreply x                    | ERROR
          touch                                 | ERROR
          touch k                               | ERROR
          touch k 1 noreply x                   | ERROR
          delete                                | ERROR
          delete k 0 noreply x                  | ERROR
          flush_all 0 noreply x                 | ERROR
          verbosity                             | ERROR
          mg                                    | ERROR
          md                                    | ERROR
          ma                                    | ERROR
          a b c d e f g h i j k l m n o p q r s t u v w x y z | ERROR
          delete b c d e f g h i j k l m n o p q r s t u v w x y z | ERROR
          """)
  void answersErrorToAnUnknownCommandAndToMissingWords(String line, String reply) {
    assertThat(verdict(line)).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          get <251>                             | BAD_LINE
          gets a <251> b                        | BAD_LINE
          gat 0 <251>                           | BAD_LINE
          get a\\x01b                           | BAD_LINE
          get a\\x7f                            | BAD_LINE
          get a b\\x00                          | BAD_LINE
          get a\\x09b                           | BAD_LINE
          get k\\x0d                            | BAD_LINE
          incr <251> 1                          | BAD_LINE
          touch <251> 1                         | BAD_LINE
          delete <251>                          | BAD_LINE
          delete a\\x0db                        | BAD_LINE
          verbosity x                           | BAD_LINE
          verbosity -1                          | BAD_LINE
          me                                    | BAD_LINE
          me <251>                              | BAD_LINE
          mg <251> v                            | BAD_LINE
          mg <251> b                            | BAD_LINE
          mg k v\\x01                           | BAD_LINE
          mg k v\\x7f                           | BAD_LINE
          mg k O<2000>                          | BAD_LINE
          incr k -1                             | BAD_DELTA
          incr k x                              | BAD_DELTA
          incr k 1x                             | BAD_DELTA
          incr k 1.5                            | BAD_DELTA
          incr k 18446744073709551616           | BAD_DELTA
          decr k noreply                        | BAD_DELTA
          touch k x                             | BAD_EXPIRY
          touch k 1.5                           | BAD_EXPIRY
          touch k 9223372036854775808           | BAD_EXPIRY
          gat x k                               | BAD_EXPIRY
          gats 1x k                             | BAD_EXPIRY
          flush_all x                           | BAD_EXPIRY
          delete k 5                            | BAD_DELETE
          delete k j                            | BAD_DELETE
          delete k 00                           | BAD_DELETE
          delete k 0 x                          | BAD_DELETE
          delete k 5 noreply                    | BAD_DELETE, silent
          mg Zm9 b                              | BAD_KEY_CODING
          mg Zm9v! b                            | BAD_KEY_CODING
          md ==== b                             | BAD_KEY_CODING
          shutdown                              | REFUSED
          shutdown graceful                     | REFUSED
          cache_memlimit 8                      | REFUSED
          slabs reassign 1 2                    | REFUSED
          lru mode flat                         | REFUSED
          lru_crawler metadump all              | REFUSED
          watch fetchers                        | REFUSED
          extstore                              | REFUSED
          refresh_certs                         | REFUSED
          misbehave                             | REFUSED
          """)
  void refusesTheLineOnly(String line, String verdict) {
    assertThat(verdict(line)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set k x 0 3                           | BAD_LINE, swallows 3
          set k -1 0 3                          | BAD_LINE, swallows 3
          set k 0 x 3                           | BAD_LINE, swallows 3
          set k 0 1.5 3                         | BAD_LINE, swallows 3
          set <251> 0 0 9                       | BAD_LINE, swallows 9
          set <251> 0 0 9 noreply               | BAD_LINE, swallows 9, silent
          append k 0 x 0                        | BAD_LINE, swallows 0
          set a\\x01b 0 0 1                     | BAD_LINE, swallows 1
          cas k 0 0 3                           | ERROR, swallows 3
          cas k 0 0 3 x                         | BAD_LINE, swallows 3
          cas k 0 0 3 -1                        | BAD_LINE, swallows 3
          cas k 0 0 3 18446744073709551616      | BAD_LINE, swallows 3
          cas k 0 0 3 noreply                   | BAD_LINE, swallows 3
          cas k x 0 3 1 noreply                 | BAD_LINE, swallows 3, silent
          cas k 0 0 3 1 noreply x               | ERROR, swallows 3
          set k 0 0 3 noreply x                 | ERROR, swallows 3
          set b c 0 3 e f g h i j k l m n o p q r s t u v w x y z | ERROR, swallows 3
          ms <251> 3                            | BAD_LINE, swallows 3
          ms k 3 T\\x01                         | BAD_LINE, swallows 3
          ms Zm9 3 b                            | BAD_KEY_CODING, swallows 3
          ms Zm9 3 b q                          | BAD_KEY_CODING, swallows 3
          ms k 3 a b c d e f g h i j k l m n o p q | TOO_MANY_FLAGS, swallows 3
          ms k 3 O<2000>                        | BAD_LINE, swallows 3
          """)
  void swallowsTheValueOfARefusedStoreWhoseLengthIsKnown(String line, String verdict) {
    assertThat(verdict(line)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          set                                   | ERROR, closes
          set k                                 | ERROR, closes
          set k 0 0                             | ERROR, closes
          cas k 0 0                             | ERROR, closes
          set k 0 0 -1                          | BAD_LINE, closes
          set k 0 0 x                           | BAD_LINE, closes
          set k 0 0 3x                          | BAD_LINE, closes
          set k 0 0 2147483646                  | BAD_LINE, closes
          set k 0 0 4294967297                  | BAD_LINE, closes
          set k 0 0 18446744073709551616        | BAD_LINE, closes
          set k 0 0 noreply                     | BAD_LINE, closes
          set k 0 0 x noreply                   | BAD_LINE, closes, silent
          set k 0 0 x noreply x                 | ERROR, closes
          cas k 0 0 x                           | ERROR, closes
          cas k 0 0 x 5                         | BAD_LINE, closes
          ms                                    | ERROR, closes
          ms k                                  | BAD_LINE, closes
          ms k -1                               | BAD_LINE, closes
          ms k S2                               | BAD_LINE, closes
          ms k 2147483646                       | BAD_LINE, closes
          foo HTTP/1.1                          | SILENT_CLOSE, closes
          GET / HTTP/1.1                        | SILENT_CLOSE, closes
          POST /x HTTP/                         | SILENT_CLOSE, closes
          HTTP/1.1                              | ERROR
          foo HTTP/1.1 bar                      | ERROR
          """)
  void closesWhenTheNextRequestCannotBeFound(String line, String verdict) {
    assertThat(verdict(line)).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gat 100                               | good
          get a  b                              | good
          'get a '                              | good
          '  get a'                             | good
          get <250>                             | good
          get \\x80\\xff                        | good
          get noreply                           | good
          delete k 0                            | good
          delete k noreply                      | good, silent
          delete k 0 noreply                    | good, silent
          delete <250>                          | good
          set k 0 0 1 x                         | good, swallows 1
          set k 0 0 1 noreply                   | good, swallows 1, silent
          set k 0 0 2147483645                  | good, swallows 2147483645
          set k +1 +1 +1                        | good, swallows 1
          set k 4294967296 2147483648 1         | good, swallows 1
          set <250> 0 -1 0                      | good, swallows 0
          incr k 1 x                            | good
          incr k 18446744073709551615 noreply   | good, silent
          touch k -1                            | good
          flush_all                             | good
          flush_all noreply                     | good, silent
          flush_all -1                          | good
          flush_all 10 noreply                  | good, silent
          version x y                           | good
          quit now                              | good
          verbosity 1                           | good
          verbosity 1 noreply                   | good, silent
          mn x                                  | good
          mg k                                  | good
          mg k v q                              | good, silent
          mg k !                                | good
          mg <250> v                            | good
          ms k 0                                | good, swallows 0
          ms k 3 a B c d e f g h i j k l m n o p  | good, swallows 3
          stats foo bar                         | good
          """)
  void takesWhatMemcachedTakes(String line, String verdict) {
    assertThat(verdict(line)).isEqualTo(verdict);
  }

  private static String verdict(String spec) {
    String line = Wire.expand(spec);
    Command command = new Command();
    new RequestParser().parse(Wire.buffer(line + "\r\n"), 0, line.length() + 1, command);
    ErrorReply error = command.error();
    return (error == null ? "good" : error.name())
        + (command.valueLength() >= 0 ? ", swallows " + command.valueLength() : "")
        + (command.closes() ? ", closes" : "")
        + (command.isNoreply() ? ", silent" : "");
  }
}
