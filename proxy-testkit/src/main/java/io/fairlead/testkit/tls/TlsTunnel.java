package io.fairlead.testkit.tls;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A port at which a client speaks in the clear, and from which what it says goes on by TLS: one
 * connection there for each one here.
 */
public final class TlsTunnel implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final SSLContext context;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();

  private TlsTunnel(int target, SSLContext context) throws IOException {
    this.target = target;
    this.context = context;
    this.listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    start("tls-tunnel", this::acceptAll);
  }

  /** Leads to a port of this machine, whose certificate one of this authority must be. */
  public static TlsTunnel to(int port, Authority trusted) {
    try {
      return new TlsTunnel(port, trusting(trusted.certificate()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trusting(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = new FileInputStream(ca.toFile())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Connections with which TLS did not come about. */
  public int failures() {
    return failures.get();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket client = listener.accept();
        open.add(client);
        start("tls-tunnel-up", () -> connect(client));
      }
    } catch (SocketException e) {
      // closed
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void connect(Socket client) {
    try {
      client.setTcpNoDelay(true);
      SSLSocket secure =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress().getHostAddress(), target);
      open.add(secure);
      secure.setTcpNoDelay(true);
      secure.startHandshake();
      start("tls-tunnel-down", () -> relay(secure, client));
      relay(client, secure);
    } catch (IOException e) {
      failures.incrementAndGet();
      close(client);
    }
  }

  private void relay(Socket from, Socket to) {
    byte[] buffer = new byte[64 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        out.write(buffer, 0, read);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      // it is of no use anyway
    }
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Set.copyOf(open).forEach(this::close);
  }
}
