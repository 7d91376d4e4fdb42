package dev.billstep.postgrest;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** An answer other than success, in PostgREST's form (PostgREST documentation, "Errors"). */
final class RestError extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final @Nullable String details;
  private final @Nullable String hint;

  private RestError(
    int status,
    String code,
    String message,
    @Nullable String details,
    @Nullable String hint
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.hint = hint;
  }

  static RestError unauthorized(String message) {
    return new RestError(401, "PGRST301", message, null, null);
  }

  static RestError noSuchFunction(String name) {
    return new RestError(
      404,
      "PGRST202",
      "Could not find the function public.%s in the schema cache".formatted(name),
      null,
      null
    );
  }

  static RestError notOneRow(long rows) {
    return new RestError(
      406,
      "PGRST116",
      "Cannot coerce the result to a single JSON object",
      "The result contains %d rows".formatted(rows),
      null
    );
  }

  static RestError beyondTheLastRow(long offset, long total) {
    return new RestError(
      416,
      "PGRST103",
      "Requested range not satisfiable",
      "An offset of %d was requested, but there are only %d rows.".formatted(offset, total),
      null
    );
  }

  static RestError noJson(String problem) {
    return new RestError(400, "PGRST102", problem, null, null);
  }

  static RestError badRequest(String message) {
    return new RestError(400, "PGRST100", message, null, null);
  }

  static RestError tooLarge(int mostBytes) {
    return new RestError(
      413,
      "BSTEP413",
      "A request's body has %d bytes at most".formatted(mostBytes),
      null,
      null
    );
  }

  /** What PostgREST can and this stand-in can't: said, never guessed. */
  static RestError beyondThisStandIn(String what) {
    return new RestError(
      501,
      "BSTEP501",
      "This stand-in for PostgREST does not support: " + what,
      null,
      null
    );
  }

  /**
   * What the database refused.
   *
   * @param anonymous a visitor who has not signed in may yet do so: 401 instead of 403
   */
  static RestError of(SQLException failure, boolean anonymous) {
    var server =
      failure instanceof PSQLException postgres
        ? Optional.ofNullable(postgres.getServerErrorMessage())
        : Optional.<ServerErrorMessage>empty();
    if ("42P01".equals(failure.getSQLState())) {
      return noSuchTable(failure);
    }
    var state = Optional.ofNullable(failure.getSQLState()).orElse("XX000");
    return new RestError(
      status(state, anonymous),
      state,
      server.map(ServerErrorMessage::getMessage).orElse(String.valueOf(failure.getMessage())),
      server.map(ServerErrorMessage::getDetail).orElse(null),
      server.map(ServerErrorMessage::getHint).orElse(null)
    );
  }

  /** PostgREST knows its tables beforehand, and says so in its own words. */
  private static RestError noSuchTable(SQLException failure) {
    return new RestError(
      404,
      "PGRST205",
      "Could not find the table in the schema cache: " + failure.getMessage(),
      null,
      null
    );
  }

  /** PostgREST documentation, "Errors", "HTTP Status Codes". */
  private static int status(String state, boolean anonymous) {
    return switch (state) {
      case "23503", "23505" -> 409;
      case "25006" -> 405;
      case "42501" -> anonymous ? 401 : 403;
      case "42883", "42P01" -> 404;
      case "42P17", "53400" -> 500;
      case "P0001" -> 400;
      default -> switch (state.substring(0, 2)) {
        case "08", "53" -> 503;
        case "0L", "0P", "28" -> 403;
        case
          "09",
          "25",
          "2D",
          "38",
          "39",
          "3B",
          "40",
          "54",
          "55",
          "57",
          "58",
          "F0",
          "HV",
          "P0",
          "XX" -> 500;
        default -> 400;
      };
    };
  }

  int status() {
    return status;
  }

  Map<String, @Nullable String> body() {
    var body = new LinkedHashMap<String, @Nullable String>();
    body.put("code", code);
    body.put("message", getMessage());
    body.put("details", details);
    body.put("hint", hint);
    return body;
  }
}
