package dev.billstep.command;

import dev.billstep.embedded.DataFolder;
import dev.billstep.embedded.Project;
import dev.billstep.embedded.StackDescriptor;
import dev.billstep.people.AuditLog;
import dev.billstep.people.HashingWork;
import dev.billstep.people.Users;
import dev.billstep.stack.StackFailure;
import java.time.InstantSource;

/** The users of the stack on this machine that a command is about, and what they did. */
final class PeopleFolder {

  private final DataFolder data;

  private PeopleFolder(DataFolder data) {
    this.data = data;
  }

  /**
   * Those of the data that was named; of the stack that is running; or of the usual data.
   *
   * @throws StackFailure where the stack that is running keeps nothing, so has no users
   */
  static PeopleFolder of(DataOption option) {
    return option.given().map(PeopleFolder::new).orElseGet(PeopleFolder::usual);
  }

  private static PeopleFolder usual() {
    return StackDescriptor.find(Project.ofSystemProperty())
      .map(running ->
        running
          .data()
          .map(DataFolder::new)
          .orElseThrow(() ->
            new StackFailure("The stack that is running keeps nothing, so it has no users.")
          )
      )
      .map(PeopleFolder::new)
      .orElseGet(() -> new PeopleFolder(DataFolder.usual()));
  }

  /** The users, whose folder is there from now on. */
  Users made() {
    data.make();
    return users();
  }

  Users users() {
    return new Users(data.people(), InstantSource.system(), HashingWork.USUAL);
  }

  AuditLog audit() {
    return AuditLog.of(data.people(), InstantSource.system());
  }
}
