package io.fairlead.route.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.config.route.ModifyKeySettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Another beginning for keys, and another end. */
final class ModifyKeyRoute extends KeyChangingRoute {
  private static final byte[] NOTHING = {};

  private final byte[] routingPrefix;
  private final byte[] prefix;
  private final byte @Nullable [] replaced;
  private final byte[] suffix;
  private final boolean inPlace;

  ModifyKeyRoute(RouteContext context, ModifyKeySettings settings, Route child) {
    super(context, "modify-key", "ModifyKeyRoute", added(settings), child);
    this.routingPrefix = bytes(settings.routingPrefix());
    this.prefix = bytes(settings.ensurePrefix());
    String replace = settings.replacePrefix();
    this.replaced = replace == null ? null : bytes(replace);
    this.suffix = bytes(settings.suffix());
    this.inPlace = settings.inPlace();
  }

  private static int added(ModifyKeySettings settings) {
    return bytes(settings.routingPrefix()).length
        + bytes(settings.ensurePrefix()).length
        + bytes(settings.suffix()).length;
  }

  private static byte[] bytes(@Nullable String text) {
    return text == null ? NOTHING : text.getBytes(UTF_8);
  }

  @Override
  int change(byte[] key, int length, byte[] other) {
    byte[] begin = prefix;
    int from = 0; // what lies before this place of the key is dropped
    byte[] replace = replaced;
    if (replace != null && begins(key, length, replace)) {
      from = replace.length;
    } else if (begins(key, length, prefix)) {
      begin = NOTHING;
    } else if (inPlace && length >= prefix.length) {
      from = prefix.length;
    }
    int written = put(routingPrefix, other, 0);
    written = put(begin, other, written);
    System.arraycopy(key, from, other, written, length - from);
    return put(suffix, other, written + length - from);
  }

  private static boolean begins(byte[] key, int length, byte[] with) {
    return length >= with.length && Arrays.equals(key, 0, with.length, with, 0, with.length);
  }

  private static int put(byte[] bytes, byte[] other, int at) {
    System.arraycopy(bytes, 0, other, at, bytes.length);
    return at + bytes.length;
  }
}
