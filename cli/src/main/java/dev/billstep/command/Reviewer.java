package dev.billstep.command;

import picocli.CommandLine.Option;

/** Who does something to a page: it is kept with their name. */
final class Reviewer {

  @Option(
    names = "--as",
    paramLabel = "NAME",
    defaultValue = "${sys:user.name}",
    description = "Your name, which is kept with what you do (default: the one that you are logged in by)."
  )
  private String name = "";

  String name() {
    return name;
  }
}
