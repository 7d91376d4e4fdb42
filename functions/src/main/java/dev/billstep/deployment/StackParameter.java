package dev.billstep.deployment;

/** What the pipeline's stack is told when it is deployed. */
public enum StackParameter {
  /** The Supabase project's URL. */
  SUPABASE_URL("SupabaseUrl"),
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
