package io.fairlead.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":1}                      | {"a":1}
          { /*x*/ "a" : 1, // c        | {"a":1}
          [1, 2, ]                     | [1,2]
          {"a": [ {"b": {} }, [], ], } | {"a":[{"b":{}},[]]}
          [true, false, null]          | [true,false,null]
          "top"                        | "top"
          7                            | 7
          -0                           | 0
          007                          | 7
          9223372036854775807          | 9223372036854775807
          -9223372036854775808         | -9223372036854775808
          9223372036854775808          | 9.223372036854776E18
          12345678901234567890123      | 1.2345678901234568E22
          0.5                          | 0.5
          -2.5e-3                      | -0.0025
          1E3                          | 1000.0
          "// no comment /* here"      | "// no comment /* here"
          "\\"\\\\\\/\\b\\f\\n\\r\\t"  | "\\"\\\\/\\u0008\\u000c\\n\\r\\t"
          "\\u00e9\\u0041"             | "éA"
          "\\ud83d\\ude00"             | "😀"
          "é😀"                         | "é😀"
          {"a":1,"b":2,"a":3}          | {"a":3,"b":2}
          """)
  void readsWhatMcrouterReads(String text, String expected) {
    String closed = text.contains("// c") ? text + "\n}" : text;

    assertThat(JsonWriter.compact(read(closed))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ~~                  | 1:1: an empty file (expected: a JSON object)
          // only a comment   | 1:18: an empty file (expected: a JSON object)
          {# c                | 1:2: the character # (expected: a key in double quotes, or }); comments start with // or /*
          # c                 | 1:1: the character # (expected: a value); comments start with // or /*
          {'a':1}             | 1:2: the character ' (expected: a key in double quotes, or })
          {"a":'b'}           | 1:6: the character ' (expected: a value); strings need double quotes
          {a:1}               | 1:2: the character a (expected: a key in double quotes, or })
          {"a":b}             | 1:6: b (expected: a value; strings need double quotes)
          {"a" 1}             | 1:6: the character 1 (expected: : behind the key "a")
          {"a"                | 1:5: the end of the file (expected: : behind the key "a")
          {"a":               | 1:6: the end of the file (expected: a value)
          {"a":{"b":[1,2}     | 1:15: the character } (expected: , or ])
          {"a":{"b":[1,2]     | 1:6: an object that is not closed (expected: } at its end)
          {"a":[1,            | 1:6: an array that is not closed (expected: ] at its end)
          {"a":1              | 1:1: an object that is not closed (expected: } at its end)
          {"a":1 "b":2}       | 1:8: the character " (expected: , or })
          {"a":1,,}           | 1:8: the character , (expected: a key in double quotes, or })
          [,]                 | 1:2: the character , (expected: a value)
          {} x                | 1:4: the character x (expected: the end of the file, as the document is complete here)
          {}}                 | 1:3: the character } (expected: the end of the file, as the document is complete here)
          {"a":"b             | 1:6: a string that is not closed (expected: " at its end)
          {"a":"b\\           | 1:8: a backslash and the end of the file (expected: one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000)
          {"a":"b\\x"}        | 1:8: a backslash and the character x (expected: one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\u0000)
          {"a":"\\u12x4"}     | 1:7: \\u and the character x (expected: four hexadecimal digits)
          "\\ud83d"           | 1:2: \\ud83d (expected: both halves of a surrogate pair)
          "\\ud83d\\u0041"    | 1:2: \\ud83d (expected: both halves of a surrogate pair)
          "\\ude00"           | 1:2: \\ude00 (expected: both halves of a surrogate pair)
          {} /* x             | 1:4: a comment that is not closed (expected: */ at its end)
          {} /*/              | 1:4: a comment that is not closed (expected: */ at its end)
          {} / x              | 1:4: the character / (expected: // or /* to start a comment)
          1.                  | 1:1: 1. (expected: a value; strings need double quotes)
          +1                  | 1:1: +1 (expected: a value; strings need double quotes)
          0x10                | 1:1: 0x10 (expected: a value; strings need double quotes)
          NaN                 | 1:1: NaN (expected: a value; strings need double quotes)
          1e999               | 1:1: a number with too many digits (expected: at most 1.7976931348623157E308)
          [True]              | 1:2: True (expected: a value; strings need double quotes)
          """)
  void refusesWhatIsNoDocument(String text, String expected) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), "f.json:" + expected);
  }

  @Test
  void countsLinesAndCharacters() {
    JsonObject root = (JsonObject) read("{\n  \"é😀\": [\r\n\t1,\n /* \n */ \"b\"]\n}");

    JsonMember member = root.members().iterator().next();
    JsonArray array = (JsonArray) member.value();
    assertThat(root.position()).hasToString("f.json:1:1");
    assertThat(member.position()).hasToString("f.json:2:3");
    assertThat(array.position()).hasToString("f.json:2:9");
    assertThat(array.items())
        .extracting(item -> item.position().toString())
        .containsExactly("f.json:3:2", "f.json:5:5");
  }

  @Test
  void allowsLineFeedsInStringsAsCallsOfMacrosHaveThem() {
    assertThat(read("\"@a(b,\n\tc)\""))
        .isEqualTo(new JsonString(new Position("f.json", 1, 1), "@a(b,\n\tc)"));
  }

  @Test
  void tellsBothPlacesOfADuplicateKey() {
    JsonDocument document =
        JsonReader.read("f.json", bytes("{\"route\": 1,\n \"x\": {\"a\":1}, \"route\": 2}"));

    assertThat(document.duplicates())
        .singleElement()
        .hasToString(
            "f.json:2:16: the key \"route\" stands at f.json:1:2 already, and only the last one"
                + " counts");
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] latin1 = "{\n \"é\": 1}".getBytes(StandardCharsets.ISO_8859_1);
    assertRefused(latin1, "f.json:2:3: the byte 0xe9 (expected: UTF-8 text)");
    assertRefused(
        new byte[] {'"', 'a', (byte) 0xe2, (byte) 0x82},
        "f.json:1:3: the byte 0xe2 (expected: UTF-8 text)");
    assertRefused(
        new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'},
        "f.json:1:2: the byte 0xed (expected: UTF-8 text)");
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefused(
        bytes("\uFEFF{}"), "f.json:1:1: a byte order mark (expected: UTF-8 text without one)");
    assertRefused(
        "\uFEFF{}".getBytes(StandardCharsets.UTF_16LE),
        "f.json:1:1: a byte order mark of UTF-16 (expected: UTF-8 text without one)");
  }

  @Test
  void refusesDeepNestingWithoutRunningOutOfStack() {
    String expected =
        "f.json:1:251: the character [ (expected: at most 250 arrays and objects inside each"
            + " other)";
    assertThat(read("[".repeat(250) + "]".repeat(250)).depth()).isEqualTo(250);
    assertRefused(bytes("[".repeat(251) + "]".repeat(251)), expected);
    assertRefused(bytes("[".repeat(1_000_000)), expected);
  }

  @Test
  void readsALongLineInOneGo() {
    String text = "[" + "{\"server\":\"10.0.0.1:11211\"},".repeat(100_000) + "]";

    assertThat(((JsonArray) read(text)).items()).hasSize(100_000);
  }

  @Test
  void shortensWhatItQuotes() {
    assertRefused(
        bytes("x".repeat(1000)),
        "f.json:1:1: " + "x".repeat(59) + "… (expected: a value; strings need double quotes)");
  }

  private static void assertRefused(byte[] content, String expected) {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> JsonReader.read("f.json", content))
        .withMessage(expected);
  }

  private static Json read(String text) {
    return JsonReader.read("f.json", bytes(text)).root();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
