package io.fairlead.protocol;

import static io.fairlead.protocol.ReplyCode.DELETED;
import static io.fairlead.protocol.ReplyCode.EN;
import static io.fairlead.protocol.ReplyCode.END;
import static io.fairlead.protocol.ReplyCode.EX;
import static io.fairlead.protocol.ReplyCode.EXISTS;
import static io.fairlead.protocol.ReplyCode.HD;
import static io.fairlead.protocol.ReplyCode.NF;
import static io.fairlead.protocol.ReplyCode.NOT_FOUND;
import static io.fairlead.protocol.ReplyCode.NOT_STORED;
import static io.fairlead.protocol.ReplyCode.NS;
import static io.fairlead.protocol.ReplyCode.NUMBER;
import static io.fairlead.protocol.ReplyCode.STORED;
import static io.fairlead.protocol.ReplyCode.TOUCHED;
import static io.fairlead.protocol.ReplyCode.VA;
import static io.fairlead.protocol.ReplyCode.VALUE;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Sets;
import java.util.EnumSet;
import java.util.List;

/**
 * Which replies a request may get. A reply of another shape means that replies and requests no
 * longer belong together, and ends the server connection.
 */
public enum ReplyShape {
  RETRIEVAL(VALUE, END),
  STORAGE(STORED, NOT_STORED, EXISTS, NOT_FOUND),
  ARITHMETIC(NUMBER, NOT_FOUND),
  TOUCH(TOUCHED, NOT_FOUND),
  DELETE(DELETED, NOT_FOUND),
  FLUSH(ReplyCode.OK),
  MG(VA, HD, EN),
  MS(HD, NS, EX, NF),
  MD(HD, NF, EX),
  MA(HD, VA, NF, NS, EX),
  ME(ReplyCode.ME, EN);

  private final ImmutableSet<ReplyCode> allowed;

  ReplyShape(ReplyCode... codes) {
    EnumSet<ReplyCode> set =
        EnumSet.of(ReplyCode.ERROR, ReplyCode.CLIENT_ERROR, ReplyCode.SERVER_ERROR);
    set.addAll(List.of(codes));
    allowed = Sets.immutableEnumSet(set);
  }

  public boolean allows(ReplyCode code) {
    return allowed.contains(code);
  }

  /** Whether the requests of this shape are meta commands. */
  public boolean isMeta() {
    return switch (this) {
      case MG, MS, MD, MA, ME -> true;
      default -> false;
    };
  }

  /** Whether the requests of this shape carry a value. */
  public boolean isForValues() {
    return this == STORAGE || this == MS;
  }

  /** The shape of the replies to a verb that is forwarded. */
  public static ReplyShape of(Verb verb) {
    return switch (verb.form()) {
      case RETRIEVAL -> RETRIEVAL;
      case STORAGE -> STORAGE;
      case ARITHMETIC -> ARITHMETIC;
      case TOUCH -> TOUCH;
      case DELETE -> DELETE;
      case FLUSH -> FLUSH;
      case META -> ofMeta(verb);
      default -> throw new IllegalArgumentException(verb + " is not forwarded");
    };
  }

  private static ReplyShape ofMeta(Verb verb) {
    return switch (verb) {
      case MG -> MG;
      case MS -> MS;
      case MD -> MD;
      case MA -> MA;
      default -> ME;
    };
  }
}
