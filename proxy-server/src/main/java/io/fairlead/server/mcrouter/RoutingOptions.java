package io.fairlead.server.mcrouter;

import io.fairlead.config.Correction;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How requests find their way, as far as the configuration leaves that open.
 *
 * @param prefix of keys that have none
 * @param invalidPrefixToDefault whether an unknown prefix means the default one, and not an error
 * @param flushAllowed whether clients may use {@code flush_all}
 * @param onlyGets whether everything else is answered as if it had found nothing
 * @param bigValueBytes longer values are stored in pieces of this size; 0 for whole ones
 * @param bigValueBatch pieces that are asked for at once; 0 for all
 * @param bigValueHidden whether clients are spared the mark of such values
 * @param asMcrouter what is done as mcrouter does it, and not better
 * @param configParams parameters of macros, by name
 */
public record RoutingOptions(
    RoutePrefix prefix,
    boolean invalidPrefixToDefault,
    boolean flushAllowed,
    boolean onlyGets,
    long bigValueBytes,
    int bigValueBatch,
    boolean bigValueHidden,
    Set<Correction> asMcrouter,
    Map<String, String> configParams) {

  public RoutingOptions {
    asMcrouter = Set.copyOf(asMcrouter);
    configParams = Collections.unmodifiableMap(new LinkedHashMap<>(configParams));
  }

  static RoutingOptions of(OptionValues values) throws McrouterMistake {
    RoutePrefix prefix =
        RoutePrefix.parse(values.spelling("default_route"), values.text("default_route"));
    values.show("default_route", prefix.toString());
    return new RoutingOptions(
        prefix,
        values.isOn("send_invalid_route_to_default"),
        values.isOn("enable_flush_cmd"),
        values.isOn("allow_only_gets"),
        values.number("big_value_split_threshold"),
        values.count("big_value_batch_size"),
        values.isOn("big_value_hide_reply_flag"),
        asMcrouter(values.text("as_mcrouter")),
        params(values.text("config_params")));
  }

  private static Set<Correction> asMcrouter(String text) throws McrouterMistake {
    try {
      return Correction.list(text);
    } catch (IllegalArgumentException e) {
      throw McrouterMistake.badValue(
          "--as-mcrouter", String.valueOf(e.getMessage()), Correction.EXPECTED);
    }
  }

  private static Map<String, String> params(String text) throws McrouterMistake {
    Map<String, String> params = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int colon = pair.indexOf(':');
      if (colon < 0 && !text.isEmpty()) {
        throw McrouterMistake.badValue("--config-params", pair, "name:value,name:value");
      }
      if (colon >= 0) {
        params.putIfAbsent(pair.substring(0, colon).trim(), pair.substring(colon + 1).trim());
      }
    }
    return params;
  }
}
