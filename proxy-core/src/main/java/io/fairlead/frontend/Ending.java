package io.fairlead.frontend;

import io.fairlead.metrics.ListenerCounter;
import io.fairlead.protocol.ErrorReply;
import org.jspecify.annotations.Nullable;

/** How a client connection comes to its end, and why, as far as that is known. */
final class Ending {
  private final ClientConnection client;
  private final RequestReader reader;
  private final Standing standing;

  /** Why the proxy ends the connection; null while it does not. */
  private @Nullable ListenerCounter why;

  private boolean inputEnded;
  private boolean broken;
  private boolean leaving;

  Ending(ClientConnection client, RequestReader reader, Standing standing) {
    this.client = client;
    this.reader = reader;
    this.standing = standing;
  }

  /** The proxy is about to end the connection, whatever else may end it meanwhile. */
  void isFor(ListenerCounter reason) {
    if (why == null) {
      why = reason;
    }
  }

  /** The client sends no more, or has said so. */
  void onInputEnd() {
    inputEnded = true;
  }

  boolean hasInputEnded() {
    return inputEnded;
  }

  void onBroken() {
    broken = true;
  }

  /** Takes no further requests; closes when those in flight are answered. */
  void cutOff() {
    reader.end(ErrorReply.SILENT_CLOSE);
  }

  /**
   * The same when the proxy is to end and not the client: the request that has begun to arrive is
   * taken yet, and the client is told of the end before it is cut off.
   */
  void takeLeave() {
    if (client.isClosed()) {
      return;
    }
    leaving = true;
    isFor(ListenerCounter.CLOSED_PROXY);
    Admission admission = standing.admission();
    if (admission != null && admission.isChecking()) {
      admission.endAfterVerdict();
    } else {
      reader.endAfterPresent(admission == null && client.hasUnparsedInput());
    }
  }

  /** Whether the proxy takes leave of the client. */
  boolean isLeaving() {
    return leaving;
  }

  /**
   * Whether the client has ended the connection in order.
   *
   * @param byItself whether the proxy has not
   */
  boolean isByClient(boolean byItself) {
    return inputEnded || (byItself && !broken);
  }

  /** Why the connection has ended. */
  ListenerCounter reason(boolean byClient) {
    ListenerCounter known = why;
    if (known != null) {
      return known;
    }
    if (byClient) {
      return ListenerCounter.CLOSED_CLIENT;
    }
    return broken ? ListenerCounter.CLOSED_ERROR : ListenerCounter.CLOSED_PROXY;
  }
}
