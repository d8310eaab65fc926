package io.fairlead.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                          | /servers              | false",
        "*/*                                         | /servers              | false",
        "text/plain                                  | /servers              | true",
        "text/plain, */*;q=0.5                       | /servers              | true",
        "text/*                                      | /servers              | true",
        "application/json                            | /servers              | false",
        "application/json, text/plain                | /servers              | false",
        "text/plain;q=0.5, application/json          | /servers              | false",
        "text/plain;q=nonsense                       | /servers              | false",
        "text/html,application/xhtml+xml,*/*;q=0.8   | /servers              | false",
        "text/plain                                  | /servers?format=json  | false",
        "*/*                                         | /servers?format=table | true",
      })
  void isATableWhenThatIsAskedForOrLikedBetter(String accept, String uri, boolean table) {
    assertThat(PageRequest.of(uri, accept).wantsTable()).isEqualTo(table);
  }
}
