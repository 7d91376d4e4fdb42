package dev.billstep.embedded;

import dev.billstep.database.DatabaseFailure;
import dev.billstep.database.Migrations;
import dev.billstep.database.PostgresServer;
import dev.billstep.http.LocalRequests;
import dev.billstep.postgrest.ApiKeys;
import dev.billstep.postgrest.PostgrestServer;
import dev.billstep.stack.StackFailure;
import dev.billstep.supabase.SupabaseClient;
import dev.billstep.supabase.SupabaseLimits;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import javax.sql.DataSource;

/** A Supabase project on this machine: PostgreSQL with our migrations, behind its REST API. */
public final class EmbeddedDatabase implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";

  /** As a container sees the machine that it runs on. */
  private static final String HOST_OF_CONTAINERS = "host.docker.internal";

  private final PostgresServer postgres;
  private final ApiKeys keys;
  private final PostgrestServer rest;
  private final SupabaseClient supabase;
  private final String hostForFunctions;

  private EmbeddedDatabase(
    PostgresServer postgres,
    ApiKeys keys,
    InetAddress address,
    String hostForFunctions
  ) {
    var requests = new LocalRequests(Set.of(hostForFunctions));
    this.postgres = postgres;
    this.keys = keys;
    this.rest = PostgrestServer.start(postgres.database(), keys, address, requests);
    this.supabase = new SupabaseClient(url(rest), keys::serviceRole, SupabaseLimits.DEFAULT);
    this.hostForFunctions = hostForFunctions;
  }

  /** On loopback alone. */
  public static EmbeddedDatabase start(Project project) {
    return new EmbeddedDatabase(
      migrated(project),
      ApiKeys.generate(),
      InetAddress.getLoopbackAddress(),
      LOOPBACK
    );
  }

  /** On loopback alone, with what a folder has kept, brought up to this version's migrations. */
  static EmbeddedDatabase keep(Project project, DataFolder folder, StackKeys keys) {
    try {
      var programs = project.stateFolder().resolve("postgres");
      var postgres = PostgresServer.startIn(programs, folder.database(), keys.database());
      try {
        new Migrations(postgres.database()).bringUp(project.migrations());
        return new EmbeddedDatabase(
          postgres,
          ApiKeys.of(keys.api()),
          InetAddress.getLoopbackAddress(),
          LOOPBACK
        );
      } catch (DatabaseFailure e) {
        postgres.close(); // Or its processes would outlive this one.
        throw e;
      }
    } catch (DatabaseFailure e) {
      throw new StackFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** The API, not the database, on every interface: to containers this machine is not loopback. */
  static EmbeddedDatabase startForContainers(Project project) {
    return new EmbeddedDatabase(
      migrated(project),
      ApiKeys.generate(),
      new InetSocketAddress(0).getAddress(),
      HOST_OF_CONTAINERS
    );
  }

  private static PostgresServer migrated(Project project) {
    try {
      return PostgresServer.start(project.stateFolder().resolve("postgres"), project.migrations());
    } catch (DatabaseFailure e) {
      throw new StackFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** PostgreSQL's process; the API is served by this one. */
  Part part() {
    return new Postgres(postgres);
  }

  public URI url() {
    return url(rest);
  }

  private static URI url(PostgrestServer rest) {
    return URI.create("http://%s:%d".formatted(LOOPBACK, rest.port()));
  }

  /** The API's address for those who do its work. */
  URI urlForFunctions() {
    return URI.create("http://%s:%d".formatted(hostForFunctions, rest.port()));
  }

  public ApiKeys keys() {
    return keys;
  }

  /**
   * The REST API, by the service role's key. One client for all: each keeps its connections for a while,
   * and the JDK's server closes one of more than 200 that are idle without telling who asks next on it.
   */
  public SupabaseClient supabase() {
    return supabase;
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

  private record Postgres(PostgresServer server) implements Part {
    @Override
    public String name() {
      return "PostgreSQL";
    }

    @Override
    public ProcessHandle process() {
      return server.process();
    }

    @Override
    public void startAgain() {
      try {
        server.startAgain();
      } catch (DatabaseFailure e) {
        throw new StackFailure(String.valueOf(e.getMessage()), e);
      }
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
