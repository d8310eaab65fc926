package io.fairlead.server.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/**
 * A key as a member of a JSON object.
 *
 * <p>One that is no UTF-8 text cannot stand in JSON: it is given as {@code key_base64}.
 */
final class JsonKey {
  private JsonKey() {}

  /** Writes the member {@code name}, and {@code before} in front of it. */
  static void write(Lines lines, String before, String name, byte[] bytes, int from, int length) {
    if (isPlain(bytes, from, length)) {
      lines.text(before).text("\"").text(name).text("\":\"");
      lines.bytes(bytes, from, length).text("\"");
      return;
    }
    lines.text(before + "\"" + name);
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, from, length);
      lines.text("\":" + Json.write(UTF_8.newDecoder().decode(text).toString()));
    } catch (CharacterCodingException e) {
      ByteBuffer coded = Base64.getEncoder().encode(ByteBuffer.wrap(bytes, from, length));
      lines.text("_base64\":\"").bytes(coded.array()).text("\"");
    }
  }

  private static boolean isPlain(byte[] bytes, int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < ' ' || bytes[i] == '"' || bytes[i] == '\\') {
        return false;
      }
    }
    return true;
  }
}
