package dev.billstep.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** {@code billstep keys}, where no stack is running. */
@ResourceLock("the stack that is kept running") // Which it would tell of its keys.
class KeysCommandIT {

  private static final String KEY = "sk-of-this-test";

  @TempDir
  Path folder;

  private String data = "";

  @BeforeEach
  void name() {
    data = folder.resolve("data").toString();
  }

  @Test
  void aKeyIsReadFromTheStandardInputAndNeverShown() throws Exception {
    assertThat(listed()).containsPattern("openai +openai_api_key +no");
    var set = set(KEY + "\n");
    assertThat(set.exitCode()).as(set.err()).isZero();
    assertThat(set.out()).contains("The key for openai is set.", "next stack that is started");
    assertThat(listed()).containsPattern("openai +openai_api_key +yes +2.* +kept");
    assertThat(set.out() + set.err() + listed()).doesNotContain(KEY);
    assertThat(Files.getPosixFilePermissions(Path.of(data, "keys.json"))).isEqualTo(
      PosixFilePermissions.fromString("rw-------")
    );
    assertThat(CommandResult.of("keys", "remove", "openai", "--data", data).exitCode()).isZero();
    assertThat(listed()).containsPattern("openai +openai_api_key +no");
    assertThat(CommandResult.of("keys", "remove", "openai", "--data", data).err()).contains(
      "There is no key for openai."
    );
  }

  @Test
  void whatIsNoKeyIsNotKept() throws Exception {
    assertThat(set("").err()).contains("No key was given");
    assertThat(set("{\n  \"key\": 1\n}").err()).contains("is not a key").doesNotContain("\"key\"");
    assertThat(listed()).containsPattern("openai +openai_api_key +no");
  }

  @Test
  void aKeyOnTheCommandLineIsRefusedAndNotRepeated() {
    for (var arguments : new String[][] {
      { "keys", "set", "openai", KEY, "--data", data },
      { "keys", "set", "openai", "--key", KEY, "--data", data },
      { "keys", "set", "openai", "--key=" + KEY, "--data", data },
    }) {
      var refused = CommandResult.of(arguments);
      assertThat(refused.exitCode()).isEqualTo(2);
      assertThat(refused.err()).contains("not taken from the command line").doesNotContain(KEY);
    }
    var asProvider = CommandResult.of("keys", "set", KEY);
    assertThat(asProvider.exitCode()).isEqualTo(2);
    assertThat(asProvider.err()).contains("anthropic, google, mail, openai").doesNotContain(KEY);
    assertThat(Path.of(data)).doesNotExist();
  }

  @Test
  void aModelWhoseKeyNobodyHasGivenIsRefusedBeforeAnythingIsStarted() {
    var refused = CommandResult.of("run", "--model", "openai/m-1", Path.of("pom.xml").toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
      .contains("There is no key for openai", "billstep keys set openai")
      .doesNotContain("PostgreSQL");
  }

  private String listed() {
    return CommandResult.of("keys", "list", "--data", data).out();
  }

  private CommandRun set(String input) throws Exception {
    var run = CommandRun.start(folder, Map.of(), "keys", "set", "openai", "--data", data);
    try (var in = run.process().outputWriter()) {
      in.write(input);
    }
    run.exitCode();
    return run;
  }
}
