package io.fairlead.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The API server of Kubernetes, asked with the service account of the pod. Token and certificates
 * are read again for each request, as both are exchanged while a pod runs.
 */
final class KubernetesApi {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final URI server;
  private final Path serviceAccount;
  private final Duration answerTimeout;
  private byte[] authority = {};
  private @Nullable HttpClient client;

  /**
   * @param answerTimeout for an answer to begin, and for one that is no watch also to end
   */
  KubernetesApi(URI server, Path serviceAccount, Duration answerTimeout) {
    this.server = server;
    this.serviceAccount = serviceAccount;
    this.answerTimeout = answerTimeout;
  }

  /**
   * Asks for a path with its query, and for all of the answer.
   *
   * @throws IOException when the files of the service account cannot be read
   */
  CompletableFuture<HttpResponse<byte[]>> get(String path) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer = open(path, BodyHandlers.ofByteArray());
    // The time-out of a request is over when its headers are there: a body may never end.
    return answer
        .copy()
        .orTimeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((response, cause) -> answer.cancel(true));
  }

  /**
   * Asks for a path with its query; the body may take any time.
   *
   * @throws IOException when the files of the service account cannot be read
   */
  <T> CompletableFuture<HttpResponse<T>> open(String path, BodyHandler<T> body) throws IOException {
    String token =
        Files.readString(serviceAccount.resolve("token"), StandardCharsets.US_ASCII).strip();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/json")
            .timeout(answerTimeout)
            .build();
    return client().sendAsync(request, body);
  }

  private HttpClient client() throws IOException {
    byte[] now = readAuthority();
    HttpClient present = client;
    if (present != null && Arrays.equals(now, authority)) {
      return present;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER);
    if ("https".equals(server.getScheme())) {
      builder.sslContext(trusting());
    }
    HttpClient made = builder.build();
    client = made;
    authority = now;
    return made;
  }

  private byte[] readAuthority() throws IOException {
    return "https".equals(server.getScheme())
        ? Files.readAllBytes(serviceAccount.resolve("ca.crt"))
        : new byte[0];
  }

  private SSLContext trusting() throws IOException {
    try (InputStream file = Files.newInputStream(serviceAccount.resolve("ca.crt"))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int index = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(file)) {
        trusted.setCertificateEntry("ca" + index++, each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(serviceAccount.resolve("ca.crt") + ": no certificates: " + e, e);
    }
  }
}
