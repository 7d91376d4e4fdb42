package dev.billstep.command;

import dev.billstep.people.Deed;
import dev.billstep.people.Password;
import dev.billstep.people.Role;
import dev.billstep.people.User;
import dev.billstep.people.UserName;
import dev.billstep.stack.StackFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep users}: who may use the review page. */
@Command(
  name = "users",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Adds, lists, changes and removes those who may use the review page of a stack on this machine.",
    "Once there is one, the page asks to sign in. Reviewers look, correct, decide and export; operators",
    "also upload, retry, replay and cancel. A change counts at once.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep users add asha --role reviewer",
    "  pass show billstep/omar | billstep users add omar --role operator",
    "  billstep users list",
    "  billstep users role asha operator",
    "  billstep users password asha",
    "  billstep users token scanner",
    "  billstep users remove asha",
  }
)
final class UsersCommand implements Runnable {

  /** Of UTF-8, a character has up to four. */
  private static final int PIPED_BYTES = 4 * Password.LONGEST + 4;

  /** From where, in the audit log. */
  private static final String TERMINAL = "terminal";

  @Spec
  private CommandSpec spec;

  private UsersCommand() {}

  @Override
  public void run() {
    throw new ParameterException(
      spec.commandLine(),
      "Say what to do: add, list, role, password, token or remove."
    );
  }

  @Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = "Adds a user. Their password is asked for, or read from the standard input."
  )
  int add(
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "What is kept with all they do."
    ) String name,
    @Option(names = "--role", required = true, description = "${COMPLETION-CANDIDATES}.") Role role,
    @Parameters(index = "1..*", arity = "0..*", hidden = true) @Nullable List<String> typed,
    @Option(names = "--password", arity = "0..1", hidden = true) Optional<String> typedAsOption
  ) {
    refuse(typed, typedAsOption);
    var called = new UserName(name);
    var people = PeopleFolder.of(data);
    var isFirst = people.users().all().isEmpty();
    if (people.users().find(name).isPresent()) {
      throw new StackFailure(
        "There is a user called %s already. To change them: billstep users role, or password".formatted(
          called
        )
      );
    }
    var password = password(called);
    var added = people.made().add(called, role, password);
    note(people, Deed.USER_ADDED, added);
    return print(
      output,
      added,
      "%s is added as %s.%s".formatted(
        added.name(),
        role,
        isFirst
          ? " The review page asks to sign in from now on." +
              (role == Role.OPERATOR
                ? ""
                : " Nobody is an operator yet: uploads and retries are by the command line alone.")
          : ""
      )
    );
  }

  @Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the users and what they may do."
  )
  int list(@Mixin DataOption data, @Mixin Output output) {
    var users = PeopleFolder.of(data).users().all();
    output.print(users.stream().map(Listed::of).toList(), () ->
      users.isEmpty()
        ? "There are no users: the review page is open to whoever is at this machine, or has its token. " +
          "Add one with: billstep users add NAME --role operator"
        : table(users)
    );
    return CommandLine.ExitCode.OK;
  }

  private static String table(List<User> users) {
    var table = new TextTable("NAME", "ROLE", "SINCE", "PASSWORD SINCE", "TOKEN");
    users.forEach(user ->
      table.row(
        List.of(
          user.name().value(),
          user.role().toString(),
          Shown.time(user.since()),
          Shown.time(user.passwordSince()),
          user.token().isPresent() ? "yes" : "no"
        )
      )
    );
    return table.toString();
  }

  @Command(
    name = "role",
    mixinStandardHelpOptions = true,
    description = "Lets a user do more, or less."
  )
  int role(
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(index = "0", paramLabel = "NAME") String name,
    @Parameters(
      index = "1",
      paramLabel = "ROLE",
      description = "${COMPLETION-CANDIDATES}."
    ) Role role
  ) {
    var people = PeopleFolder.of(data);
    var changed = people.users().give(name, role);
    note(people, Deed.ROLE_GIVEN, changed);
    return print(
      output,
      changed,
      "%s is now %s.".formatted(
        changed.name(),
        role == Role.OPERATOR ? "an operator" : "a reviewer"
      )
    );
  }

  @Command(
    name = "password",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a user another password, which is asked for, or read from the standard input.",
      "Who was locked out can sign in again; wherever they were signed in, they no longer are.",
    }
  )
  int password(
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(index = "0", paramLabel = "NAME") String name,
    @Parameters(index = "1..*", arity = "0..*", hidden = true) @Nullable List<String> typed,
    @Option(names = "--password", arity = "0..1", hidden = true) Optional<String> typedAsOption
  ) {
    refuse(typed, typedAsOption);
    var people = PeopleFolder.of(data);
    var user = people.users().one(name);
    var changed = people.users().give(name, password(user.name()));
    note(people, Deed.PASSWORD_SET, changed);
    return print(
      output,
      changed,
      "%s has another password. Wherever they were signed in, they have to sign in again.".formatted(
        changed.name()
      )
    );
  }

  @Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Gives the programs of a user a token, and prints it this once: they may what the user may.",
      "A token that they had before is good no more.",
    }
  )
  int token(
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(index = "0", paramLabel = "NAME") String name,
    @Option(
      names = "--remove",
      description = "Take the token from them, and give none."
    ) boolean remove
  ) {
    var people = PeopleFolder.of(data);
    if (remove) {
      var user = people.users().takeToken(name);
      note(people, Deed.TOKEN_TAKEN, user);
      return print(output, user, "Programs of %s no longer have a token.".formatted(user.name()));
    }
    var token = people.users().giveToken(name).value();
    var user = people.users().one(name);
    note(people, Deed.TOKEN_GIVEN, user);
    output.print(Map.of("name", user.name(), "token", token), () ->
      "%s%nIt is not shown again. A program sends it as: Authorization: Bearer TOKEN".formatted(
        token
      )
    );
    return CommandLine.ExitCode.OK;
  }

  @Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Removes a user. What they did stays, with their name."
  )
  int remove(
    @Mixin DataOption data,
    @Mixin Output output,
    @Parameters(index = "0", paramLabel = "NAME") String name
  ) {
    var people = PeopleFolder.of(data);
    var removed = people.users().remove(name);
    note(people, Deed.USER_REMOVED, removed);
    return print(
      output,
      removed,
      "%s is removed.%s".formatted(
        removed.name(),
        people.users().all().isEmpty()
          ? " No user is left: the review page is open to whoever is at this machine, or has its token."
          : ""
      )
    );
  }

  private void refuse(@Nullable List<String> typed, Optional<String> typedAsOption) {
    if (typed != null || typedAsOption.isPresent()) {
      throw new ParameterException(
        spec.commandLine(),
        "A password is not taken from the command line: shells remember what is typed, and others on this machine can see it. " +
          "Leave it out, and billstep asks for it. If the one that you typed is in use, change it."
      );
    }
  }

  /** The first line of what is piped; twice the same of what is typed. */
  private static Password password(UserName name) {
    var password = firstLine(
      "The password of %s, at least %d characters (it is not shown): ".formatted(
        name,
        Password.SHORTEST
      )
    );
    if (UnseenInput.isTyped() && !password.equals(firstLine("The same again: "))) {
      throw new StackFailure("These were two different passwords. Nothing was changed.");
    }
    return new Password(password);
  }

  private static String firstLine(String question) {
    return UnseenInput.ask(question, PIPED_BYTES).lines().findFirst().orElse("");
  }

  private static void note(PeopleFolder people, Deed deed, User about) {
    var who = System.getProperty("user.name", "");
    var what =
      deed == Deed.USER_ADDED || deed == Deed.ROLE_GIVEN
        ? "%s, %s".formatted(about.name(), about.role())
        : about.name().value();
    people.audit().note(who, deed, what, TERMINAL);
  }

  private static int print(Output output, User user, String sentence) {
    output.print(Listed.of(user), () -> sentence);
    return CommandLine.ExitCode.OK;
  }

  /** A user, without what is kept of their password. */
  private record Listed(
    String name,
    String role,
    Instant since,
    Instant passwordSince,
    boolean hasToken
  ) {
    static Listed of(User user) {
      return new Listed(
        user.name().value(),
        user.role().toString(),
        user.since(),
        user.passwordSince(),
        user.token().isPresent()
      );
    }
  }
}
