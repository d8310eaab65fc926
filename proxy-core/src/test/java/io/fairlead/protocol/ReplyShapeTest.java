package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyShapeTest {
  /** The replies of memcached's protocol description; any request may get an error besides. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET GETS GAT GATS           | VALUE END
          SET ADD REPLACE APPEND      | STORED NOT_STORED EXISTS NOT_FOUND
          PREPEND CAS                 | STORED NOT_STORED EXISTS NOT_FOUND
          INCR DECR                   | NUMBER NOT_FOUND
          TOUCH                       | TOUCHED NOT_FOUND
          DELETE                      | DELETED NOT_FOUND
          FLUSH_ALL                   | OK
          MG                          | VA HD EN
          MS                          | HD NS EX NF
          MD                          | HD NF EX
          MA                          | HD VA NF NS EX
          ME                          | ME EN
          """)
  void allowsTheRepliesOfItsCommandOnly(String verbs, String replies) {
    List<String> allowed = List.of(replies.split(" ", -1));
    for (String verb : verbs.split(" ", -1)) {
      ReplyShape shape = ReplyShape.of(Verb.valueOf(verb));

      assertThat(Arrays.stream(ReplyCode.values()).filter(shape::allows))
          .as(verb)
          .allMatch(code -> code.isError() || allowed.contains(code.name()))
          .hasSize(allowed.size() + 3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasNoneForWhatIsNotForwarded(Verb verb) {
    if (verb.form() == Verb.Form.LOCAL || verb.form() == Verb.Form.REFUSED) {
      assertThatThrownBy(() -> ReplyShape.of(verb)).hasMessageContaining(verb.name());
    } else {
      assertThat(ReplyShape.of(verb)).isNotNull();
    }
  }
}
