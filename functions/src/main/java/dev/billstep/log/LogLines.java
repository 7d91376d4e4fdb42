package dev.billstep.log;

import com.amazonaws.services.lambda.runtime.log4j2.LambdaAppender;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;

/**
 * Where this process logs to. Said in code before anything is logged: to find and read a file of Log4j's,
 * with the plugins that it may name, takes a third of a function's start.
 */
public final class LogLines {

  private static final String NAME = "lines";

  private LogLines() {}

  /** To CloudWatch, through the runtime's own logger; nothing where it was said before. */
  public static void toLambda() {
    var appender = LambdaAppender.newBuilder();
    appender.setName(NAME);
    appender.setLayout(new LineLayout());
    to(appender.build());
  }

  /** To the end of the file that {@code billstep.log} names; nothing where it names none. */
  public static void toFileOfSystemProperty() {
    Optional.ofNullable(System.getProperty("billstep.log"))
      .map(Path::of)
      .ifPresent(LogLines::toFile);
  }

  /** To the end of a file; nothing where it was said before. */
  static void toFile(Path file) {
    var appender = FileAppender.newBuilder();
    appender.setName(NAME);
    appender.setLayout(new LineLayout());
    to(appender.setFileName(file.toString()).build());
  }

  private static void to(Appender appender) {
    if (LogManager.getFactory() instanceof Log4jContextFactory factory) {
      factory.getContext(
        LogLines.class.getName(),
        LogLines.class.getClassLoader(),
        null,
        false,
        new LineConfiguration(appender)
      );
    }
  }
}
