package dev.billstep.command;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a command has said and how it exits. It is run in this JVM, which spares the start of
 * another; {@link CommandRun} is a process, for what the environment or a signal changes.
 */
record CommandResult(int exitCode, String out, String err) {
  static CommandResult of(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode = BillstepCommand.line()
      .setOut(new PrintWriter(out, true))
      .setErr(new PrintWriter(err, true))
      .execute(arguments);
    return new CommandResult(exitCode, out.toString(), err.toString());
  }
}
