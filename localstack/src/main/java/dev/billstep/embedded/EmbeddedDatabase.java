package dev.billstep.embedded;

import dev.billstep.postgrest.ApiKeys;
import dev.billstep.postgrest.PostgrestServer;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.net.URI;
import javax.sql.DataSource;

/** A Supabase project on this machine: PostgreSQL with our migrations, behind its REST API. */
public final class EmbeddedDatabase implements AutoCloseable {

  private final PostgresServer postgres;
  private final ApiKeys keys;
  private final PostgrestServer rest;

  private EmbeddedDatabase(PostgresServer postgres) {
    this.postgres = postgres;
    this.keys = ApiKeys.generate();
    this.rest = PostgrestServer.start(postgres.database(), keys);
  }

  public static EmbeddedDatabase start(Project project) {
    return new EmbeddedDatabase(PostgresServer.start(project));
  }

  public URI url() {
    return rest.uri();
  }

  public ApiKeys keys() {
    return keys;
  }

  /** The REST API, by the service role's key. */
  public SupabaseClient supabase() {
    return new SupabaseClient(url(), keys::serviceRole, SupabaseLimits.DEFAULT);
  }

  /** The database itself, as its superuser: for tests that look behind the API. */
  public DataSource postgres() {
    return postgres.database();
  }

  @Override
  public void close() {
    rest.close();
    postgres.close();
  }
}
