package io.fairlead.mcrouter;

import io.fairlead.config.ConnectionSettings;
import io.fairlead.config.ServerSettings;
import io.fairlead.config.ServerTlsSettings;
import io.fairlead.config.ServerTlsSettings.ServerCheck;
import io.fairlead.json.Setting;
import java.util.List;
import java.util.Set;

/** Whether the servers of a pool are spoken to by TLS, which is said in several places. */
final class Encryption {
  private static final String PLAIN = "plain";
  private static final String SSL = "ssl";

  /** Those after which everything is encrypted; fizz and ktls12 are libraries for it. */
  private static final Set<String> SECURE = Set.of(SSL, "fizz", "ktls12");

  private static final String EXPECTED = "plain, ssl, fizz or ktls12";

  private final Params params;
  private final String usual;

  /**
   * @param routePrefix of the proxy itself, whose region is the first of its two names
   */
  Encryption(Params params, String routePrefix) {
    this.params = params;
    this.usual = ofPool(params, routePrefix);
  }

  private static String ofPool(Params params, String routePrefix) {
    String given = mechanism(params, "security_mech", PLAIN);
    Setting useSsl = params.at("use_ssl");
    if (useSsl != null && params.flagOr("use_ssl", false)) {
      given = SSL;
    }
    String within = mechanism(params, "security_mech_within_dc", given);
    String cross = mechanism(params, "security_mech_cross_dc", given);
    String region = params.textOr("region", "");
    String[] own = routePrefix.split("/", -1);
    if (region.isEmpty() || own.length < 3) {
      return given;
    }
    return region.equals(own[1]) ? within : cross;
  }

  private static String mechanism(Params params, String key, String otherwise) {
    Setting value = params.at(key);
    if (value == null) {
      return otherwise;
    }
    String text = params.textOr(key, otherwise);
    if (!text.equals(PLAIN) && !SECURE.contains(text)) {
      params.findings().refuse(value.refused(EXPECTED));
      return otherwise;
    }
    return text;
  }

  /** Whether a member is spoken to by TLS. */
  boolean isSecure(Setting member) {
    String own = ServerText.encryption(member);
    if (own.isEmpty()) {
      return SECURE.contains(usual);
    }
    if (!own.equals(PLAIN) && !SECURE.contains(own)) {
      throw member.refused(EXPECTED);
    }
    return SECURE.contains(own);
  }

  /**
   * How connections to the servers are opened.
   *
   * @param offered with the TLS that is spoken where it is asked for
   */
  ConnectionSettings of(List<ServerSettings> servers, ConnectionSettings offered) {
    ServerTlsSettings tls = offered.tls();
    if (tls == null || servers.stream().noneMatch(ServerSettings::tls)) {
      return offered.withTls(null);
    }
    if (tls.check() == ServerCheck.NONE) {
      params.warn(
          params.required("servers"),
          "servers that are checked, by --ssl-verify-peers, as anybody who can take the address of"
              + " one can pose as it");
    }
    return offered;
  }
}
