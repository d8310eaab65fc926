package io.fairlead.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Questions and answers of DNS as bytes, as far as a test needs them. */
final class DnsMessage {
  static final int TYPE_A = 1;
  static final int TYPE_AAAA = 28;
  static final int TYPE_SRV = 33;

  private static final int HEADER = 12;
  private static final int FLAGS_OF_ANSWERS = 0x8180;
  private static final int TRUNCATED = 0x0200;
  private static final int POINTER_TO_QUESTION = 0xC00C;

  private DnsMessage() {}

  /** What is asked: a name without the dot at its end, in lower case. */
  @SuppressWarnings("ArrayRecordComponent") // read once, and compared with nothing
  record Question(int id, String name, int type, byte[] bytes) {}

  /** A record of the name that was asked for. */
  @SuppressWarnings("ArrayRecordComponent") // likewise
  record Answer(int type, int ttl, byte[] content) {}

  static Question question(byte[] message) {
    ByteBuffer buffer = ByteBuffer.wrap(message);
    int id = Short.toUnsignedInt(buffer.getShort(0));
    buffer.position(HEADER);
    StringBuilder name = new StringBuilder();
    for (int length = buffer.get(); length > 0; length = buffer.get()) {
      byte[] label = new byte[length];
      buffer.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    int type = Short.toUnsignedInt(buffer.getShort());
    buffer.getShort(); // the class
    byte[] bytes = new byte[buffer.position() - HEADER];
    buffer.position(HEADER).get(bytes);
    return new Question(id, name.toString().toLowerCase(Locale.ROOT), type, bytes);
  }

  static byte[] reply(Question question, int code, List<Answer> answers, boolean truncated) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      out.writeShort(question.id());
      out.writeShort(FLAGS_OF_ANSWERS | code | (truncated ? TRUNCATED : 0));
      out.writeShort(1);
      out.writeShort(truncated ? 0 : answers.size());
      out.writeInt(0);
      out.write(question.bytes());
      for (Answer answer : truncated ? List.<Answer>of() : answers) {
        out.writeShort(POINTER_TO_QUESTION);
        out.writeShort(answer.type());
        out.writeShort(1);
        out.writeInt(answer.ttl());
        out.writeShort(answer.content().length);
        out.write(answer.content());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** The content of an SRV record. */
  static byte[] service(String host, int port) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(6).putInt(1).putShort((short) port).array());
    for (String label : host.split("\\.", -1)) {
      bytes.write(label.length());
      bytes.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }
}
