package dev.billstep.people;

/** A user can't be made or changed as was asked; the message says why, to whoever has asked. */
public final class UserRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UserRefused(String sentence) {
    super(sentence);
  }
}
