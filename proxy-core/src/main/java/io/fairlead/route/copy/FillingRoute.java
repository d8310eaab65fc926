package io.fairlead.route.copy;

import io.fairlead.backend.ReplySink;
import io.fairlead.backend.Upload;
import io.fairlead.protocol.Command;
import io.fairlead.protocol.HitLine;
import io.fairlead.protocol.Operation;
import io.fairlead.route.Dispatch;
import io.fairlead.route.DispatchingRoute;
import io.fairlead.route.Outline;
import io.fairlead.route.Question;
import io.fairlead.route.Request;
import io.fairlead.route.Route;
import io.fairlead.route.RouteContext;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cache in front that is filled, by reads that miss there, from another one behind it. All that
 * is no read goes to the one in front only.
 *
 * <pre>
 *   get, mg:          front -- miss --> back -- hit --> answer, and add to front
 *   gets, gat, gats,  front -- miss --> back -- hit --> add to front --> the same again to front
 *   mg with c or T
 * </pre>
 */
abstract class FillingRoute extends DispatchingRoute {
  final Route front;
  final Route back;
  private final String label;

  FillingRoute(RouteContext context, String label, Route front, Route back) {
    super(context);
    this.label = label;
    this.front = front;
    this.back = back;
  }

  /** Whether a copy needs to know how long the original is to live. */
  abstract boolean asksTtl();

  /** The expiry of a copy. */
  abstract int expiry(HitLine original);

  /** Whether the front may say of a key that the back does not have it. */
  boolean usesMarkers() {
    return false;
  }

  /** Whether a hit of the front says that. */
  boolean isMarker(HitLine hit, ByteBuf in) {
    return false;
  }

  /** Counts a marker that was met; whether the back is to be asked all the same. */
  boolean isRefreshDue() {
    return false;
  }

  /** A get-and-touch has given a marker a new expiry. */
  void onMarkerTouched(PassingDispatch dispatch, Request request) {}

  /** The front has nothing, and neither has the back. */
  void onMissed(PassingDispatch dispatch, Request request) {}

  /** Whether a client is told that the back has failed, and not what the front said. */
  abstract boolean tellsFailureOfBack();

  @Override
  protected @Nullable Route straight(Operation operation) {
    return operation.kind() == Operation.Kind.GET_LIKE ? null : front;
  }

  @Override
  protected Dispatch dispatch(Operation operation) {
    return operation == Operation.GET
        ? new FillingGet(context, this)
        : new FillingAgain(context, this);
  }

  @Override
  public boolean uploads() {
    return front.uploads();
  }

  @Override
  public @Nullable Upload upload(Command command, ByteBuf in, ReplySink sink, Runnable onRoom) {
    return front.upload(command, in, sink, onRoom);
  }

  @Override
  public void outline(Outline outline) {
    Question question = outline.question();
    boolean reads = question == null || question.operation().kind() == Operation.Kind.GET_LIKE;
    outline.node(label, reads ? List.of(front, back) : List.of(front));
  }
}
