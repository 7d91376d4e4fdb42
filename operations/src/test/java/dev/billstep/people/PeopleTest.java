package dev.billstep.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.billstep.people.SignIn.Later;
import dev.billstep.people.SignIn.Welcome;
import dev.billstep.people.SignIn.Wrong;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in, for how long, and after how many wrong passwords nobody is. */
class PeopleTest {

  private static final Password RIGHT = new Password("seven kites over Guntur");
  private static final Password OTHER = new Password("a lorry full of tamarind");
  private static final Password WRONG = new Password("eight kites over Guntur");
  private static final String HERE = "192.0.2.7";

  @TempDir
  Path data;

  private Instant now = Instant.parse("2026-11-25T10:00:00Z");
  private People people = new People(Path.of(""), () -> now, HashingWork.NONE);

  @BeforeEach
  void ashaIsAUser() {
    people = new People(data.resolve("people"), () -> now, HashingWork.NONE);
    assertThat(people.mustSignIn()).as("as long as there is nobody").isFalse();
    people.users().add(new UserName("Asha"), Role.REVIEWER, RIGHT);
  }

  @Test
  void aUserIsLetInByTheirPasswordHoweverTheirNameIsTyped() {
    assertThat(people.mustSignIn()).isTrue();
    var welcome = (Welcome) people.signIn(" asha ", RIGHT, HERE);
    assertThat(welcome.token().value()).as("256 bits").hasSize(64);
    assertThat(people.signedIn(welcome.token()))
      .get()
      .satisfies(user -> assertThat(user.name().value()).isEqualTo("Asha"));
    assertThat(people.signedIn(SessionToken.generate())).isEmpty();
  }

  @Test
  void nobodyIsToldWhetherThereIsAUserOfAName() {
    assertThat(people.signIn("asha", WRONG, HERE)).isEqualTo(new Wrong());
    assertThat(people.signIn("nobody", WRONG, HERE)).isEqualTo(new Wrong());
    for (int wrong = 1; wrong < WrongPasswords.A_NAME; wrong++) {
      assertThat(people.signIn("asha", WRONG, "192.0.2.1")).isEqualTo(new Wrong());
      assertThat(people.signIn("nobody", WRONG, "192.0.2.2")).isEqualTo(new Wrong());
    }
    assertThat(people.signIn("asha", WRONG, HERE)).isEqualTo(new Later(WrongPasswords.LOCKED));
    assertThat(people.signIn("nobody", WRONG, HERE)).isEqualTo(new Later(WrongPasswords.LOCKED));
  }

  @Test
  void fiveWrongPasswordsLockANameForAQuarterOfAnHour() {
    wrong(WrongPasswords.A_NAME);
    assertThat(people.signIn("asha", RIGHT, "192.0.2.9")).isEqualTo(
      new Later(WrongPasswords.LOCKED)
    );
    now = now.plus(WrongPasswords.LOCKED);
    assertThat(people.signIn("asha", RIGHT, HERE)).isInstanceOf(Welcome.class);
    wrong(WrongPasswords.A_NAME - 1);
    assertThat(people.signIn("asha", RIGHT, HERE))
      .as("counted anew")
      .isInstanceOf(Welcome.class);
  }

  @Test
  void aHundredWrongPasswordsLockANameUntilItsPasswordIsSetAnew() {
    for (int wrong = 0; wrong < WrongPasswords.A_NAME_AT_ALL; wrong++) {
      people.signIn("asha", new Password("x".repeat(Password.LONGEST + 1)), "192.0.2." + wrong);
      now = now.plus(WrongPasswords.LOCKED);
    }
    assertThat(people.signIn("asha", RIGHT, HERE)).isInstanceOf(Later.class);
    people.users().give("asha", OTHER);
    assertThat(people.signIn("asha", OTHER, HERE)).isInstanceOf(Welcome.class);
  }

  @Test
  void anAddressThatTriesManyNamesHasToWaitLongerEachTime() {
    var tooLong = new Password("x".repeat(Password.LONGEST + 1));
    for (int wrong = 0; wrong < WrongPasswords.AN_ADDRESS; wrong++) {
      assertThat(people.signIn("guess " + wrong, tooLong, HERE)).isEqualTo(new Wrong());
    }
    assertThat(people.signIn("asha", RIGHT, HERE)).isEqualTo(new Later(Duration.ofSeconds(1)));
    now = now.plusSeconds(1);
    assertThat(people.signIn("another", tooLong, HERE)).isEqualTo(new Wrong());
    assertThat(people.signIn("another", tooLong, HERE)).isEqualTo(new Later(Duration.ofSeconds(2)));
    assertThat(people.signIn("asha", RIGHT, "192.0.2.8")).isInstanceOf(Welcome.class);
  }

  @Test
  void whoDoesNothingForHalfADayOrIsInForAWeekHasToSignInAgain() {
    var token = signedIn();
    now = now.plus(Sessions.IDLE);
    assertThat(people.signedIn(token)).isPresent();
    now = now.plus(Sessions.IDLE).plusMillis(1);
    assertThat(people.signedIn(token)).isEmpty();

    var busy = signedIn();
    for (var end = now.plus(Sessions.LONGEST); now.isBefore(end); now = now.plus(Sessions.IDLE)) {
      assertThat(people.signedIn(busy)).isPresent();
    }
    now = now.plusMillis(1);
    assertThat(people.signedIn(busy)).isEmpty();
  }

  @Test
  void whoSignsOutIsOut() {
    var token = signedIn();
    people.signOut(people.signedIn(token).orElseThrow(), token, HERE);
    assertThat(people.signedIn(token)).isEmpty();
  }

  @Test
  void anotherPasswordEndsWhatTheOldOneBegan() {
    var elsewhere = signedIn();
    var asha = people.signedIn(signedIn()).orElseThrow();
    now = now.plusSeconds(1);
    assertThat(people.changePassword(asha, WRONG, OTHER, HERE)).isEqualTo(new Wrong());
    assertThat(people.signedIn(elsewhere)).isPresent();
    var changed = (Welcome) people.changePassword(asha, RIGHT, OTHER, HERE);
    assertThat(people.signedIn(changed.token())).isPresent();
    assertThat(people.signedIn(elsewhere)).isEmpty();
    assertThat(people.signIn("asha", RIGHT, HERE)).isEqualTo(new Wrong());
    assertThat(people.signIn("asha", OTHER, HERE)).isInstanceOf(Welcome.class);
  }

  @Test
  void whatAnotherProcessChangesCountsFromTheNextRequestOn() {
    var token = signedIn();
    var terminal = new Users(data.resolve("people"), () -> now, HashingWork.NONE);
    terminal.give("ASHA", Role.OPERATOR);
    assertThat(people.signedIn(token).map(User::role)).hasValue(Role.OPERATOR);
    terminal.remove("asha");
    assertThat(people.signedIn(token)).isEmpty();
    assertThat(people.mustSignIn()).isFalse();
    assertThatThrownBy(() -> terminal.remove("asha")).isInstanceOf(UserRefused.class);
  }

  @Test
  void whoComesAfterARemovedUserOfTheSameNameIsSomebodyElse() {
    var token = signedIn();
    people.users().remove("asha");
    now = now.plusSeconds(1);
    people.users().add(new UserName("Asha"), Role.OPERATOR, OTHER);
    assertThat(people.signedIn(token)).isEmpty();
  }

  @Test
  void aUsersProgramsAskByATokenUntilItIsTakenFromThem() {
    var first = people.users().giveToken("asha");
    assertThat(people.users().by(first).map(User::role)).hasValue(Role.REVIEWER);
    assertThat(people.signedIn(first)).as("it is no session").isEmpty();
    var second = people.users().giveToken("asha");
    assertThat(people.users().by(first)).as("there is one at a time").isEmpty();
    people.users().give("asha", Role.OPERATOR);
    people.users().give("asha", OTHER);
    assertThat(people.users().by(second).map(User::role)).hasValue(Role.OPERATOR);
    people.users().takeToken("asha");
    assertThat(people.users().by(second)).isEmpty();
  }

  @Test
  void twoUsersNeverHaveOneName() {
    for (var name : List.of("asha", "ASHA", " Asha ", "Ａsha")) {
      assertThatThrownBy(() -> people.users().add(new UserName(name), Role.OPERATOR, OTHER))
        .isInstanceOf(UserRefused.class)
        .hasMessageContaining("already");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = { "", " ", "system", "System", "-x", "a/b", "<b>", "\u202eahsa" })
  void nobodyIsCalledSo(String name) {
    assertThatThrownBy(() -> new UserName(name)).isInstanceOf(UserRefused.class);
  }

  @ParameterizedTest
  @ValueSource(
    strings = {
      "short",
      "fourteen chars",
      "aaaaaaaaaaaaaaaaaaaa",
      "123456789012345678",
      "qwertyuiopasdfghjkl",
      "billstepbillstep",
      "Asha Asha Asha Asha",
      "passwordpassword",
    }
  )
  void whatIsShortOrEasilyGuessedIsNoPassword(String typed) {
    assertThatThrownBy(() -> people.users().give("asha", new Password(typed)))
      .isInstanceOf(UserRefused.class)
      .message()
      .doesNotContain(typed);
    assertThat(people.signIn("asha", RIGHT, HERE)).isInstanceOf(Welcome.class);
  }

  @ParameterizedTest
  @ValueSource(strings = { "seven kites over Guntur", "నా పాస్‌వర్డ్ చాలా పొడవు ఉంది", "x7#Kq9!vTz2@Lm4$" })
  void lengthIsAllThatIsAskedFor(String typed) {
    people.users().give("asha", new Password(typed));
    assertThat(people.signIn("asha", new Password(typed), HERE)).isInstanceOf(Welcome.class);
  }

  @Test
  void whatIsKeptIsForItsOwnerAloneAndSaysNoPassword() throws Exception {
    var token = signedIn();
    var ofPrograms = people.users().giveToken("asha");
    people.signIn("my secret typed as a name", WRONG, HERE);
    try (var files = Files.walk(data)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContain(
            RIGHT.value(),
            WRONG.value(),
            token.value(),
            ofPrograms.value(),
            "typed as a name"
          );
      }
    }
    var file = data.resolve("people/users.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(
      "rw-------"
    );
    assertThat(Files.readString(file)).contains("$argon2id$v=19$m=8,t=1,p=1$");
    assertThat(RIGHT + " " + token).doesNotContain(RIGHT.value(), token.value());
  }

  @Test
  void whatWasDoneIsKeptWithWhoAndWhenAndFromWhere() {
    wrong(WrongPasswords.A_NAME);
    now = now.plus(Duration.ofDays(40));
    var token = signedIn();
    people.audit().note("Asha", Deed.CHANGED, "POST /api/jobs/1/retry", HERE);
    people.signOut(people.signedIn(token).orElseThrow(), token, HERE);
    assertThat(people.audit().since(Instant.EPOCH))
      .extracting(AuditEvent::deed)
      .containsExactly(
        Deed.REFUSED,
        Deed.REFUSED,
        Deed.REFUSED,
        Deed.REFUSED,
        Deed.REFUSED,
        Deed.LOCKED_OUT,
        Deed.SIGNED_IN,
        Deed.CHANGED,
        Deed.SIGNED_OUT
      );
    assertThat(people.audit().since(now))
      .hasSize(3)
      .allSatisfy(event -> {
        assertThat(event.who()).isEqualTo("Asha");
        assertThat(event.from()).isEqualTo(HERE);
        assertThat(event.at()).isEqualTo(now);
      });
    assertThat(
      new People(data.resolve("none"), () -> now, HashingWork.NONE).audit().since(now)
    ).isEmpty();
  }

  @Test
  void whoHasStolenTheHashesHasToWorkForEachGuess() {
    assertThat(HashingWork.USUAL.memoryKib()).isGreaterThanOrEqualTo(46 * 1024);
    assertThat(HashingWork.USUAL.passes()).isGreaterThanOrEqualTo(2);
    var work = new HashingWork(64, 3);
    var hash = PasswordHash.of(RIGHT, work);
    assertThat(hash.encoded()).startsWith("$argon2id$v=19$m=64,t=3,p=1$");
    assertThat(hash.isOf(RIGHT)).isTrue();
    assertThat(hash.isOf(WRONG)).isFalse();
    assertThat(PasswordHash.ofNobody(work))
      .as("of the same form, so of the same work")
      .satisfies(nobodys -> {
        assertThat(nobodys.encoded()).hasSameSizeAs(hash.encoded());
        assertThat(nobodys.isOf(RIGHT)).isFalse();
      });
    assertThat(PasswordHash.of(RIGHT, HashingWork.NONE))
      .as("salted")
      .isNotEqualTo(PasswordHash.of(RIGHT, HashingWork.NONE));
  }

  private SessionToken signedIn() {
    return Optional.of(people.signIn("asha", RIGHT, HERE))
      .map(Welcome.class::cast)
      .orElseThrow()
      .token();
  }

  private void wrong(int times) {
    for (int i = 0; i < times; i++) {
      people.signIn("asha", WRONG, HERE);
    }
  }
}
