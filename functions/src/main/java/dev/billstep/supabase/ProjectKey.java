package dev.billstep.supabase;

/** The key that a Supabase project is asked with: a legacy JWT or an {@code sb_secret_…}. */
@FunctionalInterface
public interface ProjectKey {
  /** As it is known. */
  String current();

  /** As it is now: for whoever was just refused with the one that is known. */
  default String renewed() {
    return current();
  }
}
