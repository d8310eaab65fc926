package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyCodeTest {
  @ParameterizedTest
  @CsvSource({
    "VALUE k 0 1, VALUE",
    "END, END",
    "STORED, STORED",
    "NOT_STORED, NOT_STORED",
    "EXISTS, EXISTS",
    "NOT_FOUND, NOT_FOUND",
    "DELETED, DELETED",
    "TOUCHED, TOUCHED",
    "OK, OK",
    "HD, HD",
    "HD Oabc k1, HD",
    "VA 1 t30, VA",
    "EN, EN",
    "EN Ox, EN",
    "NF, NF",
    "NS, NS",
    "EX c0, EX",
    "ME k exp=-1, ME",
    "VERSION 1.6.18, VERSION",
    "ERROR, ERROR",
    "ERROR Too many open connections, ERROR",
    "CLIENT_ERROR bad data chunk, CLIENT_ERROR",
    "SERVER_ERROR out of memory, SERVER_ERROR",
    "0, NUMBER",
    "18446744073709551615, NUMBER",
  })
  void knowsEveryReply(String line, ReplyCode code) {
    assertThat(of(line)).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "E",
        "EN D",
        "ENDS",
        "END ",
        "stored",
        "STORE",
        "STORED ",
        "STORED x",
        "DELETED\t",
        "HDx",
        "VAL",
        "VALUES k",
        "OK ",
        "OKAY",
        "MN",
        "RESET",
        "BUSY",
        "WHAT?",
        "ERRORS",
        "CLIENT_ERRORS",
        "SERVER_ERRO",
        "-1",
        "1 ",
        "1a",
        "184467440737095516150",
        "\u0080",
        "\u00ff\u00ff",
        "\0"
      })
  void knowsNothingElse(String line) {
    ReplyCode code = of(line);

    // EN may be followed by what the client asked to be returned.
    assertThat(code).isEqualTo(line.equals("EN D") ? ReplyCode.EN : null);
  }

  @ParameterizedTest
  @EnumSource
  void looksAtNothingBehindTheLine(ReplyCode code) {
    String word = code == ReplyCode.NUMBER ? "12" : code.name();
    ByteBuf in = Wire.buffer("x" + word + "xyz");

    assertThat(ReplyCode.of(in, 1, 1 + word.length())).isEqualTo(code);
    assertThat(ReplyCode.of(in, 1, word.length()))
        .isNotEqualTo(code == ReplyCode.NUMBER ? null : code);
  }

  @Test
  void tellsErrorsFromSuccessAndFromWhatIsNeither() {
    EnumSet<ReplyCode> errors = EnumSet.noneOf(ReplyCode.class);
    EnumSet<ReplyCode> neither = EnumSet.noneOf(ReplyCode.class);
    Arrays.stream(ReplyCode.values()).filter(ReplyCode::isError).forEach(errors::add);
    Arrays.stream(ReplyCode.values())
        .filter(code -> !code.isError() && !code.isSuccess())
        .forEach(neither::add);

    assertThat(errors)
        .containsExactlyInAnyOrder(ReplyCode.ERROR, ReplyCode.CLIENT_ERROR, ReplyCode.SERVER_ERROR)
        .noneMatch(ReplyCode::isSuccess);
    assertThat(neither)
        .containsExactlyInAnyOrder(
            ReplyCode.END,
            ReplyCode.NOT_STORED,
            ReplyCode.EXISTS,
            ReplyCode.NOT_FOUND,
            ReplyCode.EN,
            ReplyCode.NF,
            ReplyCode.NS,
            ReplyCode.EX);
  }

  private static @Nullable ReplyCode of(String line) {
    return ReplyCode.of(Wire.buffer(line), 0, line.length());
  }
}
