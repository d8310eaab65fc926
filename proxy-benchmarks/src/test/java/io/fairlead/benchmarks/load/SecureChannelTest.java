package io.fairlead.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureChannelTest {
  private static final int READ_BYTES = 256 << 10;
  private static final int ANY = 1 << 20;

  private static SSLContext context;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory)
      throws IOException, GeneralSecurityException {
    context = EchoServer.context(directory);
  }

  @ParameterizedTest(name = "{1} bytes, {0} at a time")
  @CsvSource({"1, 300", "7, 20", "16384, 40000", "16385, 40000", "1000000, 1", "1000000, 250000"})
  void whatIsWrittenComesBackWhole(int piece, int length) throws IOException {
    SecureChannel channel = SecureChannel.open(new EchoServer(context, piece));
    byte[] sent = bytes(length);

    byte[] back = exchange(channel, sent);

    assertThat(back).isEqualTo(sent);
  }

  @Test
  void severalRecordsComeInOneRead() throws IOException {
    SecureChannel channel = SecureChannel.open(new EchoServer(context, ANY));
    channel.write(ascii("one "));
    channel.write(ascii("two "));
    channel.write(ascii("three"));
    ByteBuffer in = ByteBuffer.allocate(READ_BYTES);

    assertThat(channel.read(in)).isEqualTo("one two three".length());

    assertThat(in.flip()).isEqualTo(ascii("one two three"));
  }

  @Test
  void doesNotWaitForWhatHasNotCome() throws IOException {
    SecureChannel channel = SecureChannel.open(new EchoServer(context, ANY));

    assertThat(channel.read(ByteBuffer.allocate(READ_BYTES))).isZero();
    assertThat(channel.read(ByteBuffer.allocate(READ_BYTES))).isZero();
  }

  @Test
  void whatTheSocketDidNotTakeIsNotWritten() throws IOException {
    EchoServer server = new EchoServer(context, ANY);
    SecureChannel channel = SecureChannel.open(server);
    ByteBuffer out = ascii("get key");
    server.takeBytes(false);

    assertThat(channel.write(out)).isZero();
    assertThat(channel.write(out)).isZero();
    assertThat(out.remaining()).isEqualTo("get key".length());

    server.takeBytes(true);
    assertThat(exchange(channel, bytes(out))).asString().isEqualTo("get key");
  }

  @Test
  void bytesThatAreAddedToThoseLeftFollowThem() throws IOException {
    EchoServer server = new EchoServer(context, ANY);
    SecureChannel channel = SecureChannel.open(server);
    server.takeBytes(false);
    channel.write(ascii("get "));
    server.takeBytes(true);

    assertThat(exchange(channel, bytes(ascii("get key")))).asString().isEqualTo("get key");
  }

  @Test
  void tellsTheEndAfterWhatCameBefore() throws IOException {
    EchoServer server = new EchoServer(context, ANY);
    SecureChannel channel = SecureChannel.open(server);
    ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    channel.write(ascii("last"));

    server.end();

    assertThat(channel.read(in)).isEqualTo("last".length());
    assertThat(channel.read(in)).isEqualTo(-1);
  }

  @Test
  void tellsAnEndWithoutFarewell() throws IOException {
    EchoServer server = new EchoServer(context, ANY);
    SecureChannel channel = SecureChannel.open(server);
    ByteBuffer in = ByteBuffer.allocate(READ_BYTES);
    channel.read(in);

    channel.close();

    assertThat(channel.isOpen()).isFalse();
    assertThat(channel.read(in)).isEqualTo(-1);
  }

  @Test
  void saysThatThePeerDidNotAgree() {
    EchoServer server = new EchoServer(context, ANY);
    server.close();

    assertThatThrownBy(() -> SecureChannel.open(server))
        .isInstanceOf(IOException.class)
        .hasMessage("the peer closed a connection instead of agreeing on TLS");
  }

  @Test
  void refusesToReadIntoTooLittleRoom() throws IOException {
    SecureChannel channel = SecureChannel.open(new EchoServer(context, ANY));

    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(100)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(expected: room for ");
  }

  private static byte[] exchange(SecureChannel channel, byte[] sent) throws IOException {
    ByteBuffer out = ByteBuffer.wrap(sent);
    ByteBuffer in = ByteBuffer.allocate(sent.length + READ_BYTES);
    while (out.hasRemaining() || in.position() < sent.length) {
      channel.write(out);
      assertThat(channel.read(in)).isNotNegative();
    }
    return bytes(in.flip());
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
