package io.fairlead.route.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.protocol.ReplyCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyDigestTest {
  private static final String FAILED = "failed";

  private static ByteBuf bytes(String reply) {
    return Wire.buffer(reply.replace("/", "\r\n") + "\r\n");
  }

  private static ReplyCode code(ByteBuf reply) {
    int end = reply.indexOf(0, reply.writerIndex(), (byte) '\r');
    return Objects.requireNonNull(ReplyCode.of(reply, 0, end));
  }

  private static ReplyDigest whole(String reply) {
    ReplyDigest digest = new ReplyDigest();
    if (reply.equals(FAILED)) {
      digest.fail();
    } else if (reply.equals("END")) {
      digest.miss();
    } else {
      ByteBuf all = bytes(reply);
      digest.add(code(all), all, 0, all.writerIndex());
    }
    return digest;
  }

  @ParameterizedTest
  @CsvSource({
    "VALUE k 5 1/a,     VALUE k 5 1/a,     true",
    "VALUE k 5 1/a,     VALUE k 5 1/b,     false",
    "VALUE k 5 1/a,     VALUE k 6 1/a,     false",
    "VALUE k 5 1/a,     VALUE k 5 2/aa,    false",
    "VALUE k 5 1 77/a,  VALUE k 5 1 9/a,   true",
    "VALUE k 5 1 77/a,  VALUE k 5 1 77/b,  false",
    "VALUE k 0 0/,      VALUE k 0 0/,      true",
    "VALUE k 0 0/,      END,               false",
    "VALUE k 0 1/a,     failed,            false",
    "END,               END,               true",
    "END,               failed,            false",
    "VA 1 f5 c7 t60/a,  VA 1 f5 c8 t59/a,  true",
    "VA 1 f5/a,         VA 1 f6/a,         false",
    "VA 1 f5/a,         VA 1 f5/b,         false",
    "VA 1/a,            EN,                false",
    "HD f5 s3 h0 l9,    HD f5 s3 h1 l0,    true",
    "HD f5 s3,          HD f5 s4,          false",
    "HD,                NS,                false",
    "STORED,            STORED,            true",
    "STORED,            NOT_STORED,        false",
    "DELETED,           NOT_FOUND,         false",
    "12,                12,                true",
    "12,                13,                false",
    "SERVER_ERROR out of memory, SERVER_ERROR busy,   true",
    "SERVER_ERROR out of memory, failed,              true",
    "SERVER_ERROR out of memory, CLIENT_ERROR no,     false",
    "ERROR,                      CLIENT_ERROR no,     false",
    "failed,                     failed,              true",
  })
  void tellsWhetherTwoRepliesAreTheSame(String one, String other, boolean same) {
    assertThat(whole(one).isSameAs(whole(other))).isEqualTo(same);
    assertThat(whole(other).isSameAs(whole(one))).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(strings = {"VALUE k 5 12/hello, world", "VA 12 f5/hello, world"})
  void piecesAreTheSameAsTheWhole(String reply) {
    ByteBuf all = bytes(reply);
    int lineEnd = all.indexOf(0, all.writerIndex(), (byte) '\n') + 1;
    for (int cut = lineEnd; cut < all.writerIndex(); cut++) {
      ReplyDigest digest = new ReplyDigest();
      digest.add(code(all), all, 0, cut);
      assertThat(digest.isSameAs(whole(reply))).as("without what follows %d", cut).isFalse();
      digest.add(code(all), all, cut, all.writerIndex() - cut);
      assertThat(digest.isSameAs(whole(reply))).as("cut at %d", cut).isTrue();
    }
  }

  @Test
  void readsBuffersOfAnyKind() {
    String reply = "VALUE k 0 5/hello";
    ByteBuf parts = Unpooled.compositeBuffer();
    for (char each : Wire.text(bytes(reply)).toCharArray()) {
      parts = Unpooled.wrappedBuffer(parts, Wire.buffer(String.valueOf(each)));
    }
    ReplyDigest digest = new ReplyDigest();

    digest.add(ReplyCode.VALUE, parts, 0, parts.writerIndex());

    assertThat(digest.isSameAs(whole(reply))).isTrue();
  }

  @Test
  void aValueThatBreaksOffIsAFailure() {
    ByteBuf begun = Wire.buffer("VALUE k 0 5\r\nhel");
    ReplyDigest digest = new ReplyDigest();
    digest.add(ReplyCode.VALUE, begun, 0, begun.writerIndex());

    digest.fail();

    assertThat(digest.isSameAs(whole(FAILED))).isTrue();
  }

  @Test
  void forgetsWhatWasBefore() {
    ReplyDigest digest = whole("VALUE k 5 1/a");
    digest.clear();
    ByteBuf all = bytes("VALUE k 6 1/b");

    digest.add(ReplyCode.VALUE, all, 0, all.writerIndex());

    assertThat(digest.isSameAs(whole("VALUE k 6 1/b"))).isTrue();
  }
}
