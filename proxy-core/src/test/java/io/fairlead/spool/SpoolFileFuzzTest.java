package io.fairlead.spool;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.fairlead.MemcachedRequest;
import io.fairlead.Wire;
import io.fairlead.protocol.RequestWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Whatever is in a file of the spool, each line is read once, and a delete that it holds can be
 * sent to a server, and written to a file again.
 */
class SpoolFileFuzzTest {
  private final Path file = newFile();

  private static Path newFile() {
    try {
      Path created = Files.createTempFile("fairlead-spool", ".fuzz");
      created.toFile().deleteOnExit();
      return created;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest
  @DictionaryFile(resourcePath = "/fuzz/spool.dict")
  void everyLineOnce(byte[] content) throws IOException {
    Files.write(file, content);
    long lines = 0;
    long end = 0;
    try (SpoolReader reader = new SpoolReader(file, 0)) {
      while (reader.next()) {
        lines++;
        assertThat(reader.end()).isGreaterThan(end);
        end = reader.end();
        assertThat(content[(int) end - 1]).isEqualTo((byte) '\n');
        SpooledDelete delete = reader.delete();
        if (delete != null) {
          canBeSent(delete.key());
          canBeWritten(delete);
        }
      }
      assertThat(reader.endsTorn()).isEqualTo(end < content.length);
    }
    assertThat(lines).isEqualTo(Wire.text(content).chars().filter(c -> c == '\n').count());
  }

  private static void canBeSent(byte[] key) {
    ByteBuf out = Unpooled.buffer();
    RequestWriter.deletion(out, key);
    String sent = Wire.text(out);
    MemcachedRequest request = MemcachedRequest.first(sent);
    assertThat(request.length()).isEqualTo(sent.length());
    if (request.verb().equals("delete")) {
      assertThat(request.keys()).containsExactly(Wire.text(key));
    } else {
      assertThat(request.words()).containsExactly("b");
    }
  }

  private static void canBeWritten(SpooledDelete delete) {
    for (int version = 1; version <= 2; version++) {
      byte[] line = SpoolLine.encode(delete, version);
      SpooledDelete again =
          Objects.requireNonNull(SpoolLine.decode(line, 0, line.length - 1), "what was written");
      assertThat(again.key()).isEqualTo(delete.key());
      assertThat(again.server()).isEqualTo(delete.server());
    }
  }
}
