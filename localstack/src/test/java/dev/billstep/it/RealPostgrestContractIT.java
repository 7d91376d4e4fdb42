package dev.billstep.it;

import dev.billstep.database.Migrations;
import dev.billstep.embedded.Project;
import dev.billstep.postgrest.ApiKeys;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgREST itself, where there is Docker: the same contract, the same migrations. */
@Testcontainers(disabledWithoutDocker = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealPostgrestContractIT extends PostgrestContract {

  private static final String POSTGRES = "postgres:18.1";
  private static final String POSTGREST = "postgrest/postgrest:v14.1";
  private static final int PORT = 3000;
  private static final String SECRET = "a-secret-of-this-test-alone-and-long-enough";

  private final Network network = Network.newNetwork();
  private final PostgreSQLContainer postgres = new PostgreSQLContainer(POSTGRES)
    .withNetwork(network)
    .withNetworkAliases("postgres");
  private final GenericContainer<?> postgrest = new GenericContainer<>(POSTGREST)
    .withNetwork(network)
    .withExposedPorts(PORT)
    .withEnv("PGRST_DB_SCHEMAS", "public")
    .withEnv("PGRST_DB_ANON_ROLE", "anon")
    .withEnv("PGRST_JWT_SECRET", SECRET);
  private final ApiKeys keys = ApiKeys.of(SECRET);

  @BeforeAll
  void start() {
    postgres.start();
    var database = new PGSimpleDataSource();
    database.setUrl(postgres.getJdbcUrl());
    database.setUser(postgres.getUsername());
    database.setPassword(postgres.getPassword());
    var migrations = new Migrations(database);
    migrations.applyPlatform();
    migrations.apply(Project.ofSystemProperty().migrations());
    postgrest
      .withEnv(
        "PGRST_DB_URI",
        "postgres://%s:%s@postgres:5432/%s".formatted(
          postgres.getUsername(),
          postgres.getPassword(),
          postgres.getDatabaseName()
        )
      )
      .start();
  }

  @AfterAll
  void stop() {
    postgrest.stop();
    postgres.stop();
    network.close();
  }

  @Override
  URI root() {
    return URI.create(
      "http://%s:%d/".formatted(postgrest.getHost(), postgrest.getMappedPort(PORT))
    );
  }

  @Override
  ApiKeys keys() {
    return keys;
  }
}
