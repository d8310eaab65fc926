package io.fairlead.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.MemcachedRequest;
import io.fairlead.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a server reads from what we send is what memcached reads from what the client sent: the same
 * command, key, flags, times and value, and not a byte more.
 */
class RewrittenRequestFuzzTest {
  private final RequestParser parser = new RequestParser();
  private final Command command = new Command();

  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/requests.dict")
  void meansTheSame(byte[] stream) {
    ByteBuf in = Unpooled.wrappedBuffer(stream);
    int lineFeed = in.indexOf(0, stream.length, (byte) '\n');
    if (lineFeed < 0) {
      return;
    }
    parser.parse(in, 0, lineFeed, command);
    if (command.error() != null || command.verb().form() == Verb.Form.LOCAL) {
      return;
    }
    if (command.valueLength() >= 0 && !hasItsValue(stream)) {
      return;
    }
    String sent = written(in);
    MemcachedRequest understood = MemcachedRequest.first(sent);
    assertThat(understood.length()).isEqualTo(sent.length());
    assertThat(understood.ofLength(0))
        .isEqualTo(MemcachedRequest.first(Wire.text(stream)).ofLength(0));
    decodesAsMemcachedDoes(in);
  }

  private boolean hasItsValue(byte[] stream) {
    long end = (long) command.lineEnd() + command.valueLength();
    return end + 2 <= stream.length && stream[(int) end] == '\r' && stream[(int) end + 1] == '\n';
  }

  private String written(ByteBuf in) {
    ByteBuf out = Unpooled.buffer();
    if (command.verb().form() == Verb.Form.RETRIEVAL) {
      retrieval(out, in);
    } else {
      RequestWriter.line(out, command, in);
      if (command.valueLength() >= 0) {
        out.writeBytes(in, command.lineEnd(), command.valueLength() + 2);
      }
    }
    return Wire.text(out);
  }

  private void retrieval(ByteBuf out, ByteBuf in) {
    RequestWriter.beginGet(out, command.verb(), command.expiry());
    int at = command.argumentsFrom();
    while (RequestParser.keysEnd(in, at) < 0) {
      while (in.getByte(at) == ' ') {
        at++;
      }
      int end = RequestParser.keyEnd(in, at, command.argumentsTo());
      byte[] key = new byte[end - at];
      in.getBytes(at, key);
      RequestWriter.key(out, key, key.length);
      at = end;
    }
    RequestWriter.endLine(out);
  }

  private void decodesAsMemcachedDoes(ByteBuf in) {
    if (!command.isMeta() || !command.meta().has('b')) {
      return;
    }
    byte[] decoded = new byte[Ascii.MAX_KEY_BYTES];
    int length = command.copyKey(in, decoded);
    byte[] text = new byte[Ascii.MAX_KEY_BYTES];
    int textLength = command.copyWrittenKey(in, text);
    assertThat(Arrays.copyOf(decoded, length))
        .isEqualTo(Base64.getDecoder().decode(Arrays.copyOf(text, textLength)));
  }
}
