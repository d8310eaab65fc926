package io.fairlead.server.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.access.Credentials;
import io.fairlead.config.Address;
import io.fairlead.config.PasswordPlace;
import io.fairlead.config.PoolSettings;
import io.fairlead.config.ProxySettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.tls.Keyring;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** Opens connections to servers as their pool says. */
public final class Servers implements AutoCloseable {
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Keyring keyring = new Keyring();
  private final Credentials credentials = new Credentials(() -> {});
  private final Duration limit;

  private Servers(Duration limit) {
    this.limit = limit;
  }

  /**
   * Reads the keys and passwords that settings name.
   *
   * @param limit how long each step may take: to connect, to shake hands, to answer
   * @throws IOException with a sentence when one of the files is no good
   */
  public static Servers of(ProxySettings settings, Duration limit) throws IOException {
    Servers servers = new Servers(limit);
    try {
      servers.keyring.add(settings);
      servers.credentials.follow(settings);
      return servers;
    } catch (IOException e) {
      servers.close();
      throw e;
    } catch (IllegalArgumentException e) {
      servers.close();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What messages call a server: with its address, unless that is its name. */
  public static String nameOf(PoolSettings pool, ServerSettings server) {
    String address = server.address().toString();
    return server.name().equals(address)
        ? pool.name() + "/" + address
        : pool.name() + "/" + server.name() + " (" + address + ")";
  }

  /** Looks a name up; the answer that the system gives first is taken. */
  public static SocketAddress resolve(Address address) throws ServerException {
    if (address instanceof Address.Unix unix) {
      return UnixDomainSocketAddress.of(unix.path());
    }
    Address.Tcp tcp = (Address.Tcp) address;
    try {
      return new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port());
    } catch (UnknownHostException e) {
      throw new ServerException("has a name that nobody knows: correct it, or mend the DNS", e);
    }
  }

  /** Connects, speaks TLS where the pool does, and says the password where it has one. */
  public ServerLink open(PoolSettings pool, ServerSettings server) throws ServerException {
    SocketAddress address = resolve(server.address());
    ServerTlsSettings settings = server.tls() ? pool.connection().tls() : null;
    SslHandler tls = settings == null ? null : handler(settings, server.address());
    ReceivedBytes received = new ReceivedBytes();
    Channel channel = connect(address, tls, received);
    try {
      X509Certificate certificate = tls == null ? null : shakeHands(tls);
      ServerLink link = new ServerLink(channel, received, limit, certificate);
      logIn(link, pool.connection().auth());
      return link;
    } catch (ServerException e) {
      channel.close();
      throw e;
    }
  }

  private SslHandler handler(ServerTlsSettings settings, Address address) {
    return address instanceof Address.Tcp tcp
        ? keyring.withServer(settings, tcp.host(), tcp.port())
        : keyring.withServer(settings, "localhost", 0);
  }

  private Channel connect(SocketAddress address, @Nullable SslHandler tls, ReceivedBytes received)
      throws ServerException {
    boolean isInet = address instanceof InetSocketAddress;
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(isInet ? NioSocketChannel.class : NioDomainSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit.toMillis())
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(tls);
                    }
                    channel.pipeline().addLast(received);
                  }
                })
            .connect(address);
    Throwable cause = failure(connecting);
    if (cause == null) {
      return connecting.channel();
    }
    connecting.channel().close();
    throw new ServerException(whyNotConnected(cause), cause);
  }

  private String whyNotConnected(Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return "does not accept connections within "
          + limit.toMillis()
          + " ms: is the address right, and does the network let it through?";
    }
    String reason = reason(cause);
    return reason.contains("refused")
        ? "refuses connections: is memcached running there?"
        : "cannot be reached: " + reason;
  }

  private static String reason(Throwable cause) {
    Throwable root = cause.getCause() == null ? cause : cause.getCause();
    return Printable.of(String.valueOf(root.getMessage()));
  }

  private X509Certificate shakeHands(SslHandler tls) throws ServerException {
    Throwable cause = failure(tls.handshakeFuture());
    if (cause != null) {
      throw new ServerException(whyNoTls(cause), cause);
    }
    try {
      return (X509Certificate) tls.engine().getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException e) {
      throw new ServerException("shows no certificate", e);
    }
  }

  private static String whyNoTls(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof CertificateExpiredException) {
        return "has a certificate that has expired: renew it (" + each.getMessage() + ")";
      }
    }
    return "does not speak TLS as the pool expects: " + Printable.of(failure.getMessage() + "");
  }

  /** Why something has not happened in time; null when it has. */
  private @Nullable Throwable failure(Future<?> future) throws ServerException {
    try {
      if (future.await(limit.toNanos() + TimeUnit.SECONDS.toNanos(1), TimeUnit.NANOSECONDS)) {
        return future.cause();
      }
      throw new ServerException("has not answered within " + limit.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("was not waited for", e);
    }
  }

  private void logIn(ServerLink link, @Nullable PasswordPlace place) throws ServerException {
    byte[] login = place == null ? null : credentials.login(place);
    if (login == null) {
      return;
    }
    String token = new String(login, ISO_8859_1);
    link.send("set fairlead 0 0 " + login.length + "\r\n" + token + "\r\n");
    String answer = link.line();
    if (!answer.equals("STORED")) {
      throw new ServerException(
          "refuses the password of its pool: correct auth (" + Printable.of(answer) + ")");
    }
  }

  @Override
  public void close() {
    keyring.close();
    credentials.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
