package io.fairlead.server.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsListTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "20.0, 20",
    "0.5, 0.5",
    "0.333333333, 0.333333",
    "1234567.8, 1234570",
    "0.00000123456789, 0.00000123457"
  })
  void numbersHaveSixDigitsAndNoExponent(double value, String text) {
    assertThat(StatsList.number(value)).isEqualTo(text);
  }

  @Test
  void keepsWhatBelongsToAGroupThatIsWanted() {
    StatsList list = new StatsList(EnumSet.of(Group.ODS));
    list.add(EnumSet.of(Group.BASIC, Group.ODS), "both", 1);
    list.add(EnumSet.of(Group.COUNT), "other", 2);

    assertThat(list.values()).containsOnlyKeys("both");
  }
}
