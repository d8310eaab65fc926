package io.fairlead.server.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A connection to a server. Every call waits, but no longer than the limit. For one thread. */
public final class ServerLink implements AutoCloseable {
  private static final int LONGEST_LINE = 1 << 16;

  private final Channel channel;
  private final ReceivedBytes received;
  private final Duration limit;
  private final @Nullable X509Certificate certificate;

  ServerLink(
      Channel channel,
      ReceivedBytes received,
      Duration limit,
      @Nullable X509Certificate certificate) {
    this.channel = channel;
    this.received = received;
    this.limit = limit;
    this.certificate = certificate;
  }

  /** What the server has shown of itself; null in the clear. */
  public @Nullable X509Certificate certificate() {
    return certificate;
  }

  /** Where this end of the connection is. */
  public SocketAddress localAddress() {
    return channel.localAddress();
  }

  /** Sends text of one byte for each character, and waits until the system has it. */
  public void send(String text) throws ServerException {
    send(text.getBytes(ISO_8859_1));
  }

  /** Sends bytes, likewise. */
  public void send(byte[] bytes) throws ServerException {
    ChannelFuture sent = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    if (!await(sent)) {
      throw new ServerException("takes no more bytes");
    }
    Throwable cause = sent.cause();
    if (cause != null) {
      throw new ServerException("has ended the connection: " + cause.getMessage(), cause);
    }
  }

  private boolean await(ChannelFuture future) throws ServerException {
    try {
      return future.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("was not waited for", e);
    }
  }

  /** The next line, without its end. */
  public String line() throws ServerException {
    StringBuilder line = new StringBuilder();
    for (int next = next(); next != '\n'; next = next()) {
      if (line.length() == LONGEST_LINE) {
        throw new ServerException("has sent a line of more than " + LONGEST_LINE + " bytes");
      }
      line.append((char) next);
    }
    int end = line.length();
    return end > 0 && line.charAt(end - 1) == '\r' ? line.substring(0, end - 1) : line.toString();
  }

  /** The next so many bytes. */
  public byte[] bytes(int count) throws ServerException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) next();
    }
    return bytes;
  }

  private int next() throws ServerException {
    return received.next(channel, limit) & 0xff;
  }

  /** The answer to {@code stats}, or {@code stats WORD}, in its order. */
  public Map<String, String> stats(String command) throws ServerException {
    send(command + "\r\n");
    Map<String, String> stats = new LinkedHashMap<>();
    for (String line = line(); !line.equals("END"); line = line()) {
      String[] words = line.split(" ", 3);
      if (words.length < 2 || !words[0].equals("STAT")) {
        throw new ServerException("answers " + command + " with: " + Printable.of(line));
      }
      stats.put(words[1], words.length == 3 ? words[2] : "");
    }
    return stats;
  }

  @Override
  public void close() {
    channel.close();
  }
}
