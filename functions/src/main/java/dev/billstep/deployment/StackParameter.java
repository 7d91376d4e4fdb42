package dev.billstep.deployment;

/** What stacks are told when they are deployed. */
public enum StackParameter {
  /** The Supabase project's URL. */
  SUPABASE_URL("SupabaseUrl"),
  /** The Supabase project's key that is everybody's; of the review page. */
  SUPABASE_ANON_KEY("SupabaseAnonKey"),
  /** Where pages are kept, in the embedded stack: {@code s3://{bucket}} or {@code file:///{folder}}. */
  PAGES_ROOT("PagesRoot");

  private final String key;

  StackParameter(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }
}
