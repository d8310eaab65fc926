package io.fairlead.benchmarks.load;

import io.fairlead.benchmarks.peers.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * The far end of a connection with TLS, in memory: sends back what it gets, and passes no more than
 * a few bytes of it at a time.
 */
final class EchoServer implements ByteChannel {
  private static final int ROOM = 1 << 20;
  private static final char[] NO_PASSWORD = new char[0];

  private final SSLEngine engine;
  private final int piece;
  // Each is filled up to its position and read from its beginning.
  private final ByteBuffer in = ByteBuffer.allocate(ROOM);
  private final ByteBuffer content = ByteBuffer.allocate(ROOM);
  private final ByteBuffer out = ByteBuffer.allocate(ROOM);
  private boolean takesBytes = true;
  private boolean isOpen = true;

  /**
   * @param piece how many bytes a read gives and a write takes at most
   */
  EchoServer(SSLContext context, int piece) {
    this.piece = piece;
    engine = context.createSSLEngine();
    engine.setUseClientMode(false);
  }

  static SSLContext context(Path directory) throws IOException, GeneralSecurityException {
    SelfSigned own = SelfSigned.in(directory);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    store.setKeyEntry("own", key(own), NO_PASSWORD, new Certificate[] {certificate(own)});
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, NO_PASSWORD);
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static PrivateKey key(SelfSigned own) throws IOException, GeneralSecurityException {
    String base64 = Files.readString(own.key()).replaceAll("-----.*-----|\\s", "");
    var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    return KeyFactory.getInstance("EC").generatePrivate(encoded);
  }

  private static Certificate certificate(SelfSigned own)
      throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(own.certificate())));
  }

  void takeBytes(boolean takes) {
    takesBytes = takes;
  }

  /** Answers what has come, and says that nothing more follows. */
  void end() throws IOException {
    answer();
    engine.closeOutbound();
    answer();
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    return takesBytes ? passed(from, in) : 0;
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    if (!isOpen) {
      return -1;
    }
    answer();
    out.flip();
    int read = passed(out, to);
    out.compact();
    return read;
  }

  private int passed(ByteBuffer from, ByteBuffer to) {
    int length = Math.min(piece, Math.min(from.remaining(), to.remaining()));
    to.put(from.slice().limit(length));
    from.position(from.position() + length);
    return length;
  }

  private void answer() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      Runnable task = engine.getDelegatedTask();
      if (task != null) {
        task.run();
      } else {
        boolean heard = hears();
        goesOn = says() || heard;
      }
    }
  }

  private boolean hears() throws IOException {
    in.flip();
    int before = in.remaining();
    engine.unwrap(in, content);
    int after = in.remaining();
    in.compact();
    return after < before;
  }

  private boolean says() throws IOException {
    boolean mustSpeak = engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    if (content.position() == 0 && !mustSpeak) {
      return false;
    }
    content.flip();
    int before = out.position();
    Status status = engine.wrap(content, out).getStatus();
    content.compact();
    return status == Status.OK && out.position() > before;
  }

  /** The stream ends without a word. */
  @Override
  public void close() {
    isOpen = false;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }
}
