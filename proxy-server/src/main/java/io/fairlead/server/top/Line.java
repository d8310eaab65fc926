package io.fairlead.server.top;

import io.fairlead.server.terminal.Colour;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of the screen: pieces of text, each of which may have a colour. */
final class Line {
  private final List<Piece> pieces = new ArrayList<>();
  private int length;

  /** What has one colour. */
  private record Piece(String text, @Nullable Colour colour) {
    private Piece(String text, @Nullable Colour colour) {
      this.text = text;
      this.colour = colour;
    }
  }

  static Line of(String text) {
    return new Line().add(text);
  }

  Line add(String text) {
    return add(text, null);
  }

  Line add(String text, @Nullable Colour colour) {
    pieces.add(new Piece(text, colour));
    length += text.length();
    return this;
  }

  Line add(Line other) {
    pieces.addAll(other.pieces);
    length += other.length;
    return this;
  }

  /** How many columns of the screen it takes. */
  int length() {
    return length;
  }

  /** What fits into so many columns. */
  Line cut(int width) {
    Line cut = new Line();
    for (Piece piece : pieces) {
      int room = Math.max(0, width - cut.length);
      cut.add(piece.text.substring(0, Math.min(room, piece.text.length())), piece.colour);
    }
    return cut;
  }

  /** With what the terminal takes for colours. */
  String coloured() {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      Colour colour = piece.colour;
      text.append(colour == null || piece.text.isBlank() ? piece.text : colour.on(piece.text));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    pieces.forEach(piece -> text.append(piece.text));
    return text.toString();
  }
}
