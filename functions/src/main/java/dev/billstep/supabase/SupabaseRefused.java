package dev.billstep.supabase;

import dev.billstep.failure.PermanentFailure;

/**
 * Supabase refused a request, with PostgREST's error body ({@code code, message, details, hint}).
 */
public final class SupabaseRefused extends PermanentFailure {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final String reason;

  SupabaseRefused(String request, int status, String code, String message) {
    super("Supabase refused %s: %d %s %s".formatted(request, status, code, message).strip());
    this.status = status;
    this.code = code;
    this.reason = message;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** What the database says, without our words around it. */
  public String reason() {
    return reason;
  }

  /** An SQLSTATE or one of PostgREST's own {@code PGRST…}; empty where the body had none. */
  public String code() {
    return code;
  }
}
