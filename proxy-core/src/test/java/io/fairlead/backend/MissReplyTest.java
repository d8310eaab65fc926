package io.fairlead.backend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.Wire;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.RequestParser;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissReplyTest {
  @ParameterizedTest
  @CsvSource({
    // the delete, its other key, the reply
    "md key k,          ,            NF kkey",
    "md key O1 k,       longer:key,  NF O1 klonger:key",
    "md key k,          k,           NF kk",
    "md a2V5 b k,       ,            NF ka2V5 b",
    "md a2V5 b k O2,    x:key,       NF keDprZXk= b O2",
  })
  void repeatsTheKeyThatTheServerWasAskedFor(String delete, String otherKey, String reply) {
    ByteBuf in = Wire.buffer(delete + "\r\n");
    Command command = new Command();
    new RequestParser().parse(in, 0, in.writerIndex() - 1, command);
    if (otherKey != null) {
      assertThat(command.rekey(otherKey.getBytes(US_ASCII), 0, otherKey.length())).isTrue();
    }
    MissReply miss = new MissReply();
    ByteBuf out = Unpooled.buffer();

    miss.isFor(command, in);
    miss.write(out);

    assertThat(Wire.text(out)).isEqualTo(reply + "\r\n");
  }
}
