package dev.billstep.people;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The users of a stack who have signed in, or try to. */
public final class People {

  private final Users users;
  private final AuditLog audit;
  private final Sessions sessions;
  private final WrongPasswords wrong;
  private final PasswordHash ofNobody;

  /**
   * Those of a folder, which need not be there: nobody has to sign in then.
   *
   * @param work that trying a password takes
   */
  public People(Path folder, InstantSource clock, HashingWork work) {
    this.users = new Users(folder, clock, work);
    this.ofNobody = PasswordHash.ofNobody(work);
    this.audit = AuditLog.of(folder, clock);
    this.sessions = new Sessions(clock);
    this.wrong = new WrongPasswords(clock);
  }

  public Users users() {
    return users;
  }

  public AuditLog audit() {
    return audit;
  }

  /** Whether who asks has to sign in: somebody can. */
  public boolean mustSignIn() {
    return !users.all().isEmpty();
  }

  /**
   * Lets somebody in who has the password. It takes as long, and says the same, whether there is a user
   * of that name or not.
   *
   * @param address that they ask from
   */
  public SignIn signIn(String name, Password password, String address) {
    var outcome = known(name, password, address);
    if (outcome instanceof SignIn.Welcome(var user, var _)) {
      audit.note(user.name().value(), Deed.SIGNED_IN, "", address);
    }
    return outcome;
  }

  private SignIn known(String name, Password password, String address) {
    var known = users.find(name);
    // Whose password is set anew is no longer locked.
    var counted = UserName.keyOf(name) + known.map(user -> "\n" + user.passwordSince()).orElse("");
    var pause = wrong.count(counted, address);
    if (pause.isPresent()) {
      return new SignIn.Later(pause.get());
    }
    if (!password.isOfALength() || !known.map(User::password).orElse(ofNobody).isOf(password)) {
      return refused(known, counted, address);
    }
    var user = known.orElseThrow();
    wrong.forget(counted, address);
    return new SignIn.Welcome(user, sessions.begin(user));
  }

  private SignIn refused(Optional<User> known, String counted, String address) {
    var who = known.map(user -> user.name().value()).orElse("");
    audit.note(who, Deed.REFUSED, "", address);
    if (wrong.isLocked(counted)) {
      audit.note(who, Deed.LOCKED_OUT, "", address);
    }
    return new SignIn.Wrong();
  }

  /** Who a token is of; nobody's where it has ended, or they have no such password any more. */
  public Optional<User> signedIn(SessionToken token) {
    return sessions
      .find(token)
      .flatMap(session ->
        users
          .find(session.user().value())
          .filter(user -> user.passwordSince().equals(session.passwordSince()))
      );
  }

  public void signOut(User user, SessionToken token, String address) {
    sessions.end(token);
    audit.note(user.name().value(), Deed.SIGNED_OUT, "", address);
  }

  /**
   * Gives somebody who has signed in another password, if they know the one they have. Wherever else
   * they are signed in, they no longer are.
   *
   * @return how they are signed in from now on; or that it was wrong, as when signing in
   * @throws UserRefused where the new one is none to have
   */
  public SignIn changePassword(User user, Password before, Password now, String address) {
    var known = known(user.name().value(), before, address);
    if (known instanceof SignIn.Welcome welcome) {
      sessions.end(welcome.token());
      var changed = users.give(user.name().value(), now);
      audit.note(user.name().value(), Deed.PASSWORD_SET, user.name().value(), address);
      return new SignIn.Welcome(changed, sessions.begin(changed));
    }
    return known;
  }
}
