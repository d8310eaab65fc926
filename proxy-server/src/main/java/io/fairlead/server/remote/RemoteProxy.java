package io.fairlead.server.remote;

import io.fairlead.json.JsonException;
import io.fairlead.json.JsonReader;
import io.fairlead.json.Setting;
import io.fairlead.server.client.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A proxy at whose admin port is asked what it does, and ordered what it shall do. */
public final class RemoteProxy {
  private static final int CONNECT_MILLIS = 2000;
  private static final int READ_MILLIS = 5000;
  private static final int MOST_BYTES = 64 << 20;

  private final URI url;
  private final @Nullable String token;

  private RemoteProxy(URI url, @Nullable String token) {
    this.url = url;
    this.token = token;
  }

  /**
   * The one at {@code host:port} or at a URL. Nothing is connected yet.
   *
   * @throws IllegalArgumentException with what is expected, when it is neither
   */
  public static RemoteProxy at(String address) {
    return new RemoteProxy(AdminAddress.parse(address), null);
  }

  /** The same, with what shows that we may order. */
  public RemoteProxy withToken(String ours) {
    return new RemoteProxy(url, ours);
  }

  /** Everything at a glance; it may be a second old. */
  public Snapshot snapshot() throws RemoteException {
    return read(SnapshotReader::snapshot, ask("GET", "/overview"));
  }

  /** The settings that it serves with, in our own form. */
  public String config() throws RemoteException {
    return new String(ask("GET", "/config", "application/yaml"), StandardCharsets.UTF_8);
  }

  /** A server as it is now. */
  public Snapshot.Server server(String pool, String server) throws RemoteException {
    String path = "/servers?pool=" + encoded(pool);
    return read(SnapshotReader::servers, ask("GET", path)).stream()
        .filter(each -> each.name().equals(server))
        .findFirst()
        .orElseThrow(() -> new RemoteException(path + " does not list " + server));
  }

  /**
   * Has something done with a server.
   *
   * @param verb {@code drain}, {@code resume} and so on
   */
  public Order order(String pool, String server, String verb) throws RemoteException {
    String path = "/servers/" + encoded(pool) + "/" + encoded(server) + "/" + verb;
    return read(SnapshotReader::order, ask("POST", path));
  }

  @Override
  public String toString() {
    return url.toString();
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** How a page is understood. */
  private interface Reading<T> {
    T of(Setting page);
  }

  private <T> T read(Reading<T> reading, byte[] page) throws RemoteException {
    try {
      return reading.of(Setting.ofRoot(JsonReader.read("answer", page).root()));
    } catch (JsonException e) {
      throw new RemoteException(
          this + " does not answer as the admin port of a Fairlead of this version does", e);
    }
  }

  private byte[] ask(String method, String path) throws RemoteException {
    return ask(method, path, "application/json");
  }

  private byte[] ask(String method, String path, String form) throws RemoteException {
    try {
      return answer(connection(method, path, form));
    } catch (IOException e) {
      throw new RemoteException(this + " does not answer: " + reason(e), e);
    }
  }

  private HttpURLConnection connection(String method, String path, String form) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(method);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setRequestProperty("Accept", form);
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token);
    }
    return connection;
  }

  private byte[] answer(HttpURLConnection connection) throws IOException, RemoteException {
    try {
      int status = connection.getResponseCode();
      InputStream body =
          status < HttpURLConnection.HTTP_BAD_REQUEST
              ? connection.getInputStream()
              : connection.getErrorStream();
      byte[] page = body == null ? new byte[0] : body.readNBytes(MOST_BYTES);
      if (status != HttpURLConnection.HTTP_OK) {
        throw refused(status, page);
      }
      return page;
    } finally {
      connection.disconnect();
    }
  }

  private RemoteException refused(int status, byte[] page) {
    String said;
    try {
      said = SnapshotReader.mistake(Setting.ofRoot(JsonReader.read("answer", page).root()));
    } catch (JsonException e) {
      said = "status " + status;
    }
    String hint =
        status == HttpURLConnection.HTTP_UNAUTHORIZED
            ? "; give the token with --token-file FILE or in FAIRLEAD_ADMIN_TOKEN"
            : "";
    return new RemoteException(this + " refuses: " + said + hint);
  }

  private static String reason(IOException e) {
    if (e instanceof UnknownHostException) {
      return "nobody knows this host";
    }
    if (e instanceof SocketTimeoutException) {
      return "it takes too long";
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return "no connection (is it running, with that admin port?)";
    }
    return Printable.of(String.valueOf(e.getMessage()));
  }
}
