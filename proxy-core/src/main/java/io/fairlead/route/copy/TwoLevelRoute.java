package io.fairlead.route.copy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.fairlead.config.route.TwoLevelSettings;
import io.fairlead.protocol.HitLine;
import io.fairlead.protocol.Verb;
import io.fairlead.route.Request;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;

/**
 * A near cache that is filled from a far one, and may remember what the far one does not have.
 *
 * <p>That memory is a marker: an item with a flag and a value by which mcrouter knows it, too.
 */
final class TwoLevelRoute extends FillingRoute {
  static final int MARKER_FLAG = 0x10000;
  private static final byte[] MARKER = "ncache".getBytes(US_ASCII);
  private static final byte[] MARKER_BLOCK = "ncache\r\n".getBytes(US_ASCII);

  private final TwoLevelSettings settings;
  private final boolean markers;
  private int met;

  TwoLevelRoute(RouteContext context, TwoLevelSettings settings, Route near, Route far) {
    super(context, "two-level", near, far);
    this.settings = settings;
    this.markers = settings.missRefreshEvery() > 0;
  }

  @Override
  boolean asksTtl() {
    return false;
  }

  @Override
  int expiry(HitLine original) {
    return settings.expiry();
  }

  @Override
  boolean tellsFailureOfBack() {
    return true;
  }

  @Override
  boolean usesMarkers() {
    return markers;
  }

  /** Where no value was asked for, the flag alone tells. */
  @Override
  boolean isMarker(HitLine hit, ByteBuf in) {
    return hit.hasFlag(MARKER_FLAG) && (!hit.hasValue() || hit.hasValue(in, MARKER));
  }

  @Override
  boolean isRefreshDue() {
    if (++met < settings.missRefreshEvery()) {
      return false;
    }
    met = 0;
    return true;
  }

  @Override
  void onMissed(PassingDispatch dispatch, Request request) {
    if (!markers) {
      return;
    }
    ByteBuf marker = context.buffer(-1);
    KeyText.store(marker, request, Verb.ADD, MARKER_FLAG, settings.missExpiry(), MARKER.length);
    marker.writeBytes(MARKER_BLOCK);
    dispatch.sendOwnAside(marker, front);
  }

  @Override
  void onMarkerTouched(PassingDispatch dispatch, Request request) {
    ByteBuf touch = context.buffer(-1);
    KeyText.touch(touch, request, settings.missExpiry());
    dispatch.sendOwnAside(touch, front);
  }
}
