package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.testkit.EdgeCase.Connection;
import io.fairlead.testkit.EdgeCase.Part;
import io.fairlead.testkit.EdgeCase.Reply;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorFileTest {
  @Test
  void readsEveryRecordedRow() throws IOException {
    List<EdgeCase> cases = EdgeCaseFile.memcached();

    assertThat(cases).hasSize(351).extracting(EdgeCase::id).doesNotHaveDuplicates();
    assertThat(cases.get(0))
        .isEqualTo(
            new EdgeCase(
                "set-ok",
                List.of(
                    new Part("set k 5 0 3\r\nabc\r\n", open("STORED\r\n")),
                    new Part("get k\r\n", open("VALUE k 5 3\r\nabc\r\nEND\r\n")))));
  }

  @Test
  void readsTheStateOfTheConnection() {
    EdgeCase read =
        VectorFile.parse(
            "x",
            "a <pause> b <pause> c <pause> d",
            "timeout <pause> OK\\r"
                + "\\n"
                + "<closed> <pause> closed <pause> (not sent: connection closed)");

    assertThat(read.expected())
        .containsExactly(
            open(""),
            new Reply("OK\r\n", Connection.CLOSED),
            new Reply("", Connection.CLOSED),
            new Reply("", Connection.NOT_SENT));
  }

  @Test
  void repliesPrintAsTheyAreWritten() throws IOException {
    for (EdgeCase recorded : EdgeCaseFile.column("nutcracker_0.5.0")) {
      String written =
          String.join(" <pause> ", recorded.expected().stream().map(Reply::toString).toList());
      assertThat(
              VectorFile.parse("x", "a" + " <pause> ".repeat(recorded.parts().size() - 1), written)
                  .expected())
          .isEqualTo(recorded.expected());
    }
  }

  @Test
  void refusesUnknownColumns() {
    assertThatThrownBy(() -> EdgeCaseFile.column("redis"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("column: redis (expected: one of [id, input,");
  }

  private static Reply open(String bytes) {
    return new Reply(bytes, Connection.OPEN);
  }
}
