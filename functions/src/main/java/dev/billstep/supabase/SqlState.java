package dev.billstep.supabase;

/** The SQLSTATEs that our SQL functions raise, as PostgREST passes them on in {@code code}. */
final class SqlState {

  static final String JOB_NOT_FOUND = "BS001";
  static final String JOB_NOT_OWNED = "BS002";
  static final String CLAIM_LOST = "BS003";
  static final String REQUEST_INVALID = "BS005";

  private SqlState() {}
}
