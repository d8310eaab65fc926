package io.fairlead.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  private static final List<String> IN_ORDER =
      List.of("", "10.0.0.2", "10.0.0.10", "c", "c-0", "c-01", "c-1", "c-2", "c-10", "c-10a", "d1");

  @Test
  void countsAsPeopleDo() {
    for (int seed = 0; seed < 20; seed++) {
      List<String> names = new ArrayList<>(IN_ORDER);
      Collections.shuffle(names, new Random(seed));

      names.sort(NaturalOrder.INSTANCE);

      assertThat(names).as("seed %d", seed).isEqualTo(IN_ORDER);
    }
  }

  @Test
  void onlyEqualNamesAreEqual() {
    for (String a : IN_ORDER) {
      for (String b : IN_ORDER) {
        assertThat(NaturalOrder.INSTANCE.compare(a, b) == 0).as(a + " " + b).isEqualTo(a.equals(b));
      }
    }
  }
}
