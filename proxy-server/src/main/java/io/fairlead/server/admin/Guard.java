package io.fairlead.server.admin;

import io.fairlead.access.AdminToken;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says who may ask the admin port, and who may change something there; and if not, why. */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);
  private static final String BEARER = "Bearer ";

  private final AllowedHosts hosts;
  private final @Nullable AdminToken token;

  /**
   * @param token of those who may change something; null when nobody may
   */
  Guard(AllowedHosts hosts, @Nullable AdminToken token) {
    this.hosts = hosts;
    this.token = token;
  }

  /** Why a request is not answered, whatever it asks for; null when it is. */
  @Nullable Page refusal(FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      return Page.error(malformed(request.decoderResult().cause()), "the request is malformed");
    }
    Page host = refusalOfHost(request);
    if (host != null) {
      return host;
    }
    return request.content().isReadable()
        ? Page.error(HttpResponseStatus.BAD_REQUEST, "the request has a body (expected: none)")
        : null;
  }

  private @Nullable Page refusalOfHost(FullHttpRequest request) {
    List<String> given = request.headers().getAll(HttpHeaderNames.HOST);
    if (given.isEmpty() && request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) < 0) {
      return null; // no browser, which always sends one
    }
    if (given.size() != 1) {
      return Page.error(
          HttpResponseStatus.BAD_REQUEST, "the request has " + given.size() + " Host headers");
    }
    return hosts.allows(given.get(0))
        ? null
        : Page.error(
            HttpResponseStatus.MISDIRECTED_REQUEST,
            "Host: not a name of this machine (expected: an IP address, localhost, its host name,"
                + " or one of admin.hosts)");
  }

  private static HttpResponseStatus malformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  /**
   * Why a client may not change anything; null when it may. Reads the file of the token.
   *
   * @param isLocal whether it is a program of this machine, which may do some things without
   */
  @Nullable Page refusalOfChange(HttpHeaders headers, boolean isLocal) {
    if (token == null) {
      return isLocal && !headers.contains(HttpHeaderNames.ORIGIN)
          ? null
          : Page.error(
              HttpResponseStatus.FORBIDDEN,
              "nobody may do that, as no token is configured (expected: admin.token_file, or"
                  + " --admin-token-file)");
    }
    if (!isOwnOrigin(headers)) {
      return Page.error(HttpResponseStatus.FORBIDDEN, "a page of another origin may not do that");
    }
    String given = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (given == null || !given.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Page.error(
          HttpResponseStatus.UNAUTHORIZED,
          "Authorization: missing (expected: Bearer and the token)");
    }
    if (!token.is(given.substring(BEARER.length()).strip())) {
      LOG.debug("somebody at the admin port has a wrong token");
      return Page.error(HttpResponseStatus.UNAUTHORIZED, "Authorization: not the token");
    }
    return null;
  }

  /** Browsers name the origin of the page; ours are served by this port, under the name given. */
  private static boolean isOwnOrigin(HttpHeaders headers) {
    String origin = headers.get(HttpHeaderNames.ORIGIN);
    return origin == null || origin.equalsIgnoreCase("http://" + headers.get(HttpHeaderNames.HOST));
  }
}
