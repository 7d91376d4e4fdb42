package dev.billstep.reading;

/** Port: the keys of models' providers. They are never logged. */
public interface ModelKeys {
  /**
   * A key by its name, such as {@code openai_api_key}; a few minutes old at most, and there as soon as it was added.
   *
   * @throws dev.billstep.settings.SettingInvalid when there is no such key
   */
  String key(String name);

  /** The key as it is now, a few seconds old at most: for whoever was just refused with the one that is known. */
  String renewed(String name);
}
