package io.fairlead.server.admin;

import io.fairlead.config.ConfigTree;
import io.fairlead.config.ConfigWriter;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * {@code /config}: what the proxy runs with, nothing left to a default. Names of files and of
 * environment variables stand in place of the secrets in them.
 */
final class ConfigPage {
  private static final String YAML = "application/yaml; charset=utf-8";

  private final AdminState state;

  ConfigPage(AdminState state) {
    this.state = state;
  }

  Page page(PageRequest request) {
    ProxyView proxy = state.proxy();
    if (proxy == null) {
      return Page.error(HttpResponseStatus.SERVICE_UNAVAILABLE, "there is no configuration yet");
    }
    String yaml = ConfigWriter.render(proxy.settings());
    return "json".equals(request.parameter("format"))
            || Accepted.weight(request.accept(), Page.JSON)
                > Accepted.weight(request.accept(), "application/yaml")
        ? Page.json(ConfigTree.of(yaml))
        : new Page(HttpResponseStatus.OK, YAML, yaml);
  }
}
