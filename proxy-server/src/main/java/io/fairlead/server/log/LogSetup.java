package io.fairlead.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.util.Map;
import org.slf4j.Logger;

/**
 * Puts the log of the process together: a queue before standard error, and the latest lines in
 * memory.
 *
 * <p>In code, and not in a {@code logback.xml}, because to read that takes a tenth of the time in
 * which the proxy starts. Logback finds this class by its name in {@code META-INF/services}.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
  private static final int QUEUED_LINES = 1024;

  private final Map<String, String> environment;

  /** What the environment of the process asks for. */
  public LogSetup() {
    this(System.getenv());
  }

  LogSetup(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    LogQueue queue = queue(context);
    LogEvents recent = new LogEvents(); // not behind the queue
    recent.setName(LogEvents.NAME);
    recent.setContext(context);
    recent.start();
    context.getLogger("io.fairlead").addAppender(recent);
    context.getLogger("fairlead").addAppender(recent);
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.toLevel(environment.get("FAIRLEAD_LOG"), Level.INFO));
    root.addAppender(queue);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private LogQueue queue(LoggerContext context) {
    LogEncoder encoder = new LogEncoder();
    encoder.setContext(context);
    encoder.setFormat(environment.getOrDefault("FAIRLEAD_LOG_FORMAT", "text"));
    encoder.start();
    LogWriter writer = new LogWriter();
    writer.setName(LogWriter.NAME);
    writer.setContext(context);
    writer.setTarget("System.err");
    writer.setEncoder(encoder);
    writer.start();
    LogQueue queue = new LogQueue();
    queue.setName(LogQueue.NAME);
    queue.setContext(context);
    queue.setQueueSize(QUEUED_LINES);
    queue.setDiscardingThreshold(0);
    queue.setNeverBlock(true);
    queue.addAppender(writer);
    queue.start();
    return queue;
  }
}
