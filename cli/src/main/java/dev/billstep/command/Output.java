package dev.billstep.command;

import dev.billstep.json.Json;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command answers on its standard output: for people, or as JSON for programs. */
final class Output {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON, one line for each result.")
  private boolean json;

  Output() {}

  /**
   * Prints one thing.
   *
   * @param value as JSON has it
   * @param text as people read it
   */
  void print(Object value, Supplier<String> text) {
    var out = spec.commandLine().getOut();
    out.println(TerminalText.of(json ? Json.text(value) : text.get()));
    out.flush();
  }
}
