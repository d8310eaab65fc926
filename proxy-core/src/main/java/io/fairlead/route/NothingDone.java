package io.fairlead.route;

import io.fairlead.protocol.Command;
import io.fairlead.protocol.MetaFlags;
import io.fairlead.protocol.ReplyCode;
import io.fairlead.protocol.RequestWriter;
import io.fairlead.protocol.Verb;
import io.netty.buffer.ByteBuf;

/** The reply of a route that did nothing: not stored, or not found. */
public final class NothingDone {
  private NothingDone() {}

  /** Writes the line for a request that is no retrieval; gives its code. */
  public static ReplyCode write(ByteBuf out, Command command, ByteBuf in) {
    ReplyCode code = code(command);
    out.writeBytes(code.word());
    if (command.verb().form() == Verb.Form.META && command.verb() != Verb.ME) {
      MetaFlags.writeEchoed(out, command, in);
    }
    RequestWriter.endLine(out);
    return code;
  }

  private static ReplyCode code(Command command) {
    return switch (command.verb().form()) {
      case STORAGE -> ReplyCode.NOT_STORED;
      case FLUSH -> ReplyCode.OK;
      case META ->
          switch (command.verb()) {
            case MS -> ReplyCode.NS;
            case MG, ME -> ReplyCode.EN;
            default -> ReplyCode.NF;
          };
      default -> ReplyCode.NOT_FOUND;
    };
  }
}
