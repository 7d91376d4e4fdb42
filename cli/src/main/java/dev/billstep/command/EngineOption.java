package dev.billstep.command;

import dev.billstep.embedded.Engine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option of commands that start a stack of one's choice. */
final class EngineOption {

  @Option(
    names = "--stack",
    defaultValue = "EMBEDDED",
    paramLabel = "STACK",
    description = "What runs the AWS side: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE})."
  )
  private Engine engine = Engine.EMBEDDED;

  /** Whether it was said on the command line. */
  boolean isGiven(CommandSpec command) {
    return command.commandLine().getParseResult().hasMatchedOption("--stack");
  }

  Engine engine() {
    return engine;
  }
}
