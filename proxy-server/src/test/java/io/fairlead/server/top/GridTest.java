package io.fairlead.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.server.terminal.Colour;
import io.fairlead.server.top.Grid.Cell;
import io.fairlead.server.top.Grid.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {
  private static Grid grid() {
    Grid grid =
        new Grid(
            List.of(
                Column.words("server", 6, 0),
                Column.words("state", 7, 1),
                Column.number("req/s", 6, 2),
                Column.number("share", 6, 3)));
    grid.add(
        List.of(
            Cell.of("main/cache-a"),
            new Cell("ejected: timeout", Colour.RED),
            Cell.of("1234"),
            Cell.of("25.3%")));
    return grid;
  }

  private static List<String> lines(int width) {
    return grid().lines(width).stream().map(Line::toString).toList();
  }

  @Test
  void setsNumbersFlushRight() {
    assertThat(lines(80))
        .containsExactly(
            "server        state              req/s   share",
            "main/cache-a  ejected: timeout    1234   25.3%");
  }

  @Test
  void cutsTheWidestWordsFirst() {
    assertThat(lines(40))
        .containsExactly(
            "server       state         req/s   share", "main/cache~  ejected: t~    1234   25.3%");
  }

  @Test
  void leavesOutWhatMattersLeastWhenWordsAreAsShortAsTheyGet() {
    assertThat(lines(24)).containsExactly("server   state     req/s", "main/c~  ejecte~    1234");
    assertThat(lines(16)).containsExactly("server   state  ", "main/c~  ejecte~");
    assertThat(lines(4)).containsExactly("serv", "main");
  }

  @Test
  void coloursTakeNoRoom() {
    assertThat(grid().lines(16).get(1).coloured()).isEqualTo("main/c~  \033[31mejecte~\033[0m");
  }
}
