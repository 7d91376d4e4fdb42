package dev.billstep.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What is kept in the audit log. */
public enum Deed {
  SIGNED_IN("signed in"),
  /** With a wrong password, or as nobody there is. */
  REFUSED("was not let in"),
  LOCKED_OUT("is locked out"),
  SIGNED_OUT("signed out"),
  USER_ADDED("added a user"),
  ROLE_GIVEN("gave a role"),
  PASSWORD_SET("set a password"),
  TOKEN_GIVEN("gave a token for programs"),
  TOKEN_TAKEN("took a token for programs back"),
  USER_REMOVED("removed a user"),
  /** Something was changed by way of the page. */
  CHANGED("changed something"),
  /** Something was asked for that is not theirs to ask. */
  NOT_ALLOWED("asked for what is not theirs to do");

  private final String sentence;

  Deed(String sentence) {
    this.sentence = sentence;
  }

  /** What somebody did, behind their name. */
  public String sentence() {
    return sentence;
  }

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
