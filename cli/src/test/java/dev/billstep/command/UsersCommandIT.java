package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.people.HashingWork;
import dev.billstep.people.Password;
import dev.billstep.people.Role;
import dev.billstep.people.UserName;
import dev.billstep.people.Users;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code billstep users}, where no stack is running. */
class UsersCommandIT {

  private static final String PASSWORD = "seven kites over Guntur";

  @TempDir
  Path folder;

  private String data = "";

  @BeforeEach
  void name() {
    data = folder.resolve("data").toString();
  }

  @Test
  void aUserIsAddedWithAPasswordFromTheStandardInputWhichIsNeverShown() throws Exception {
    assertThat(of("list").out()).contains("There are no users", "billstep users add");
    var added = add("Asha", "reviewer", PASSWORD);
    assertThat(added.exitCode()).as(added.err()).isZero();
    assertThat(added.out()).contains(
      "Asha is added as reviewer. The review page asks to sign in from now on.",
      "Nobody is an operator yet"
    );
    assertThat(of("list").out()).containsPattern("Asha +reviewer +2.* +2");
    var again = add("asha", "operator", PASSWORD);
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("There is a user called asha already", "billstep users role");
    assertThat(add("Bina", "reviewer", "short").err()).contains("at least 15 characters");
    assertThat(add("Bina", "reviewer", "").err()).contains("at least 15 characters");
    assertThat(of("list").out()).doesNotContain("Bina");
    var audit = CommandResult.of("audit", "--data", data).out();
    assertThat(audit).containsPattern("added a user +Asha, reviewer +terminal");
    assertThat(added.out() + added.err() + audit + of("list", "--json").out()).doesNotContain(
      PASSWORD,
      "argon2"
    );
    assertThat(Files.getPosixFilePermissions(Path.of(data))).isEqualTo(
      PosixFilePermissions.fromString("rwx------")
    );
  }

  @Test
  void aUserIsGivenAnotherRoleAndRemoved() {
    new Users(Path.of(data, "people"), InstantSource.system(), HashingWork.NONE).add(
      new UserName("Asha"),
      Role.REVIEWER,
      new Password(PASSWORD)
    );
    assertThat(of("role", "asha", "operator").out()).contains("Asha is now an operator.");
    assertThat(of("list").out()).containsPattern("Asha +operator");
    var token = of("token", "asha").out().lines().findFirst().orElseThrow();
    assertThat(token).hasSize(64);
    assertThat(of("list").out()).containsPattern("Asha +operator .* yes").doesNotContain(token);
    assertThat(of("token", "asha", "--remove").out()).contains("no longer have a token");
    assertThat(of("list").out()).containsPattern("Asha +operator .* no");
    assertThat(of("role", "asha", "king").exitCode()).isEqualTo(2);
    assertThat(of("role", "bina", "operator").err()).contains("There is no user called bina");
    assertThat(of("remove", "ASHA").out()).contains("Asha is removed.", "No user is left");
    assertThat(of("remove", "asha").exitCode()).isEqualTo(1);
    assertThat(CommandResult.of("audit", "--data", data, "--json").out())
      .contains("role_given", "user_removed")
      .doesNotContain("argon2");
    assertThat(CommandResult.of("audit", "--data", data, "--since", "2999-01-01").out()).contains(
      "Nothing is noted"
    );
  }

  @Test
  void aPasswordOnTheCommandLineIsRefusedAndNotRepeated() {
    for (var arguments : new String[][] {
      { "add", "asha", PASSWORD, "--role", "reviewer" },
      { "add", "asha", "--role", "reviewer", "--password", PASSWORD },
      { "password", "asha", PASSWORD },
      { "password", "asha", "--password=" + PASSWORD },
    }) {
      var refused = of(arguments);
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err())
        .contains("not taken from the command line")
        .doesNotContain(PASSWORD);
    }
    assertThat(Path.of(data)).doesNotExist();
  }

  private CommandResult of(String... arguments) {
    var line = new String[arguments.length + 3];
    line[0] = "users";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    line[line.length - 2] = "--data";
    line[line.length - 1] = data;
    return CommandResult.of(line);
  }

  private CommandRun add(String name, String role, String password) throws Exception {
    var run = CommandRun.start(
      folder,
      Map.of(),
      "users",
      "add",
      name,
      "--role",
      role,
      "--data",
      data
    );
    try (var in = run.process().outputWriter()) {
      in.write(password + "\n");
    }
    run.exitCode();
    return run;
  }
}
