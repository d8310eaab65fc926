package io.fairlead.server.introspection;

import java.util.EnumSet;
import java.util.Set;

/**
 * The groups that mcrouter sorts its statistics into; a client asks for one of them, or for all.
 */
enum Group {
  BASIC,
  DETAILED,
  ODS,
  COUNT,
  CMD_ERROR;

  static final Set<Group> ABOUT = EnumSet.of(BASIC, DETAILED);
  static final Set<Group> STATE = EnumSet.of(BASIC, DETAILED, ODS);
  static final Set<Group> PROCESS = EnumSet.of(BASIC, ODS);
  static final Set<Group> SINCE = EnumSet.of(DETAILED, ODS);
  static final Set<Group> TOTAL = EnumSet.of(BASIC, ODS, COUNT);
  static final Set<Group> TOTAL_OUT = EnumSet.of(BASIC, COUNT);
  static final Set<Group> ERROR_RATE = EnumSet.of(DETAILED, ODS, CMD_ERROR);
  static final Set<Group> ERROR_TOTAL = EnumSet.of(ODS, COUNT, CMD_ERROR);
}
