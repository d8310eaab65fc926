package io.fairlead.server.top;

import java.util.List;

/** A part of the picture, which takes as much room as it gets. */
interface Section {
  /** How many lines it has to show. */
  int wanted();

  /** What it shows in so many lines at most, of so many characters at most. */
  List<Line> lines(int room, int width);
}
