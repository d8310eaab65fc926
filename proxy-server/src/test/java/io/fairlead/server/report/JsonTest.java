package io.fairlead.server.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesNestedValues() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a");
    value.put("list", List.of(1, 2L, true));
    value.put("map", Map.of());

    assertThat(Json.write(value)).isEqualTo("{\"text\":\"a\",\"list\":[1,2,true],\"map\":{}}");
  }

  @Test
  void escapesWhatWouldEndAString() {
    assertThat(Json.write("\"\\\n\u0001é")).isEqualTo("\"\\\"\\\\\\u000a\\u0001é\"");
  }
}
