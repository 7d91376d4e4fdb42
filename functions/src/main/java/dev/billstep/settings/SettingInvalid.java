package dev.billstep.settings;

import dev.billstep.failure.PermanentFailure;

/** A row of the settings table can't be used. */
public final class SettingInvalid extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  public SettingInvalid(String key, String problem) {
    super("The setting %s can't be used: %s. Correct it, then try again.".formatted(key, problem));
  }
}
