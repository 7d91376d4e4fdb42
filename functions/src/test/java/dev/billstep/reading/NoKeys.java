package dev.billstep.reading;

/** For models that need none. */
public final class NoKeys implements ModelKeys {

  @Override
  public String key(String name) {
    throw new AssertionError(name);
  }

  @Override
  public String renewed(String name) {
    throw new AssertionError(name);
  }
}
