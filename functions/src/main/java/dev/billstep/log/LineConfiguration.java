package dev.billstep.log;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** What is logged: what we have to say, and what libraries warn of. */
final class LineConfiguration extends AbstractConfiguration {

  /** A hostile file makes these write gigabytes. What a page lacks is found while it is drawn. */
  private static final String[] OFF = {
    "org.apache.pdfbox",
    "org.apache.fontbox",
    "com.twelvemonkeys",
  };

  private final Appender appender;

  LineConfiguration(Appender appender) {
    super(null, ConfigurationSource.NULL_SOURCE);
    this.appender = appender;
    // Each line is written at once; and what stops a stack at the process' end has things to say.
    this.isShutdownHookEnabled = false;
  }

  /** Without what the inherited one does for a file: to look for plugins. */
  @Override
  public void initialize() {
    doConfigure();
    setState(State.INITIALIZED);
  }

  @Override
  protected void doConfigure() {
    addAppender(appender);
    getRootLogger().addAppender(appender, null, null);
    getRootLogger().setLevel(Level.WARN);
    level("dev.billstep", Level.INFO);
    for (var name : OFF) {
      level(name, Level.OFF);
    }
  }

  private void level(String name, Level level) {
    addLogger(name, new LoggerConfig(name, level, true));
  }
}
