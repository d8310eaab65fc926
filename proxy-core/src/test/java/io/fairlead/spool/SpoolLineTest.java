package io.fairlead.spool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.Address;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolLineTest {
  private static final Address SERVER = new Address.Tcp("127.0.0.1", 5001);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "1|[\"AS1.0\",1410611165.754,\"C\",[\"127.0.0.1\",5001,\"delete key\\r\\n\"]]",
        "2|[\"AS2.0\",1410611165.754,\"C\",{\"k\":\"key\",\"p\":\"A\",\"h\":\"[127.0.0.1]:5001\",\"f\":\"fairlead\"}]"
      })
  void writesTheLinesOfMcrouter(int version, String line) {
    byte[] written = SpoolLine.encode(delete(SERVER, "key"), version);

    assertThat(new String(written, UTF_8)).isEqualTo(line + "\n");
  }

  @Test
  void writesMillisecondsWithAllTheirDigits() {
    byte[] written = SpoolLine.encode(new SpooledDelete(5_007, SERVER, "A", bytes("k")), 1);

    assertThat(new String(written, UTF_8)).startsWith("[\"AS1.0\",5.007,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"AS1.0\",1410611165.754,\"C\",[\"127.0.0.1\",5001,\"delete key\\r\\n\"]]",
        "[\"AS1.0\", 1410611165.754, \"C\", [\"127.0.0.1\", 5001, \"delete key noreply\\r\\n\"]]",
        "[\"AS1.0\",1410611165.754,\"C\",[\"127.0.0.1\",5001,\"md a2V5 b\\r\\n\"]]",
        "[\"AS2.0\",1410611165.754,\"C\",{\"k\":\"key\",\"p\":\"A\",\"h\":\"[127.0.0.1]:5001\","
            + "\"f\":\"5000\",\"s\":\"mcrouter\",\"r\":\"region\",\"a\":{\"al\":1}}]",
        "[\"AS2.0\",1410611165.754,\"C\",{\"k\":\"\\u006bey\",\"h\":\"127.0.0.1:5001\",\"x\":null}]",
      })
  void readsWhatMcrouterAndOthersWrite(String line) {
    SpooledDelete read = Objects.requireNonNull(decode(line));

    assertThat(read.server()).isEqualTo(SERVER);
    assertThat(read.key()).isEqualTo(bytes("key"));
    assertThat(read.millis()).isEqualTo(1410611165754L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[]",
        "key",
        "[\"AS1.0\",1410611165.754,\"C\",[\"127.0.0.1\",5001,\"delete key\\r\\n\"]",
        "[\"AS1.0\",1410611165.754,\"C\",[\"127.0.0.1\",5001,\"delete key\\r\\n\"]]]",
        "[\"AS1.0\",\"now\",\"C\",[\"127.0.0.1\",5001,\"delete key\\r\\n\"]]",
        "[\"AS1.0\",1.5.2,\"C\",[\"127.0.0.1\",5001,\"delete key\\r\\n\"]]",
        "[\"AS1.0\",1.5,\"C\",[\"127.0.0.1\",0,\"delete key\\r\\n\"]]",
        "[\"AS1.0\",1.5,\"C\",[\"127.0.0.1\",5001,\"set key 0 0 1\\r\\nx\\r\\n\"]]",
        "[\"AS1.0\",1.5,\"C\",[\"127.0.0.1\",5001,\"delete \\r\\n\"]]",
        "[\"AS1.0\",1.5,\"C\",[\"127.0.0.1\",5001,\"md ??? b\\r\\n\"]]",
        "[\"AS2.0\",1.5,\"C\",{\"k\":\"key\",\"h\":\"nowhere\"}]",
        "[\"AS2.0\",1.5,\"C\",{\"k\":\"\",\"h\":\"h:1\"}]",
        "[\"AS3.0\",1.5,\"C\",{\"k\":\"key\",\"h\":\"h:1\"}]",
        "[[[[[[[[[[[[[[[[[[",
        "[\"AS1.0\",1.5,\"C\",[\"127.0.0.1\",5001,\"delete key\\u00",
        "[\"AS1.0\",1.5,\"C\",[\"127.0.0.1\",5001,\"delete key\\ud800\\r\\n\"]]",
      })
  void findsNoDeleteInOtherLines(String line) {
    assertThat(decode(line)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"k, 250, true", "k, 251, false", "' ', 186, true", "' ', 187, false"})
  void takesKeysThatAServerCanBeToldOf(String character, int length, boolean taken) {
    String line =
        "[\"AS2.0\",1.5,\"C\",{\"k\":\"" + character.repeat(length) + "\",\"h\":\"h:1\"}]";

    assertThat(decode(line) != null).isEqualTo(taken);
  }

  @Test
  void readsBackEveryKeyInBothVersions() {
    for (int version = 1; version <= 2; version++) {
      for (int b = 0; b < 256; b++) {
        byte[] key = {'k', (byte) b, '"'};

        byte[] line = SpoolLine.encode(new SpooledDelete(7, SERVER, "A", key), version);

        SpooledDelete read =
            Objects.requireNonNull(
                SpoolLine.decode(line, 0, line.length - 1), "byte " + b + " of version " + version);
        assertThat(read.key()).isEqualTo(key);
      }
    }
  }

  @Test
  void writesAKeyThatOnlyMetaCommandsCanHaveAsTheCommandForIt() {
    for (int version = 1; version <= 2; version++) {
      byte[] line = SpoolLine.encode(delete(SERVER, "a b"), version);

      assertThat(new String(line, UTF_8)).contains("[\"127.0.0.1\",5001,\"md YSBi b\\r\\n\"]");
    }
  }

  @Test
  void keepsTheBytesOfKeysThatAreNoText() {
    byte[] key = {(byte) 0xff, (byte) 0xc3};

    byte[] line = SpoolLine.encode(new SpooledDelete(7, SERVER, "A", key), 1);

    assertThat(new String(line, ISO_8859_1)).contains("delete \u00ff\u00c3\\r\\n");
  }

  @Test
  void takesEscapedCharactersForTheirBytesInUtf8() {
    SpooledDelete read =
        Objects.requireNonNull(
            decode("[\"AS2.0\",1.5,\"C\",{\"k\":\"\\u00e9\\ud83d\\ude00\",\"h\":\"h:1\"}]"));

    assertThat(read.key()).isEqualTo("\u00e9\ud83d\ude00".getBytes(UTF_8));
  }

  @Test
  void readsBackServersOfEveryKind() {
    for (Address server :
        new Address[] {
          new Address.Tcp("cache-1.example", 11211),
          new Address.Tcp("::1", 5001),
          new Address.Unix("/run/m\u00fc \"1\".sock")
        }) {
      for (int version = 1; version <= 2; version++) {
        byte[] line = SpoolLine.encode(delete(server, "key"), version);

        SpooledDelete read = Objects.requireNonNull(SpoolLine.decode(line, 0, line.length - 1));
        assertThat(read.server()).isEqualTo(server);
      }
    }
  }

  private static SpooledDelete delete(Address server, String key) {
    return new SpooledDelete(1410611165754L, server, "A", bytes(key));
  }

  private static @Nullable SpooledDelete decode(String line) {
    byte[] bytes = bytes(line);
    return SpoolLine.decode(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
