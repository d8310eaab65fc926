/**
 * When a server is ejected and when it comes back, as a state machine driven by a clock it is
 * given, one for all event loops.
 *
 * <pre>
 *                     failures in a row reach the limit, and there is room
 *         +-----+ ------------------------------------------------------> +---------+
 *   ----> | UP  |                                                         | EJECTED | &lt;--+
 *         +-----+ --- likewise, no room ---> +---------+ -- there is -->  +---------+    |
 *          ^   ^ &lt;------ it answers -------- | FAILING |    room           |    ^        |
 *          |                                 +---------+     a probe is    |    | a probe
 *          | the ramp is over                                 answered     v    | fails  |
 *         +---------+ &lt;-- the time is over, deletes are told, ---------- +---------+    |
 *         | RAMPING |     and a probe is answered                        | PROBING |    |
 *         +---------+ ----------------------- failures in a row          +---------+    |
 *              |                                                                         |
 *              +-------------------------------------------------------------------------+
 * </pre>
 *
 * <p>Beside that stands what an operator wants of a server ({@link io.fairlead.health.Hold}), which
 * goes before its health.
 *
 * <p>Plain Java: it knows no sockets and starts no timers. Start reading at {@link
 * io.fairlead.health.PoolHealth}, which has the lock: failures are rare. What event loops need for
 * each request they take over by a task of their own ({@link io.fairlead.health.LoopWatch}), so
 * that a request reads plain fields of its loop; the success of one reads one field that is hardly
 * ever written.
 */
@NullMarked
package io.fairlead.health;

import org.jspecify.annotations.NullMarked;
