package dev.billstep.database.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.database.Migrations;
import dev.billstep.database.OnPostgres;
import dev.billstep.database.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The migrations make what {@code schema.prisma} says, no more and no less. */
@ExtendWith(OnPostgres.class)
class SchemaIT {

  private final PostgresServer server;

  SchemaIT(PostgresServer server) {
    this.server = server;
  }

  @Test
  void theMigrationsMakeWhatTheSchemaSays() {
    var folder = PrismaFolders.OURS;
    try (var migrated = server.scratch("of_migrations")) {
      new Migrations(migrated.source()).apply(folder.migrations());
      assertThat(PrismaFolders.PRISMA.tableChanges(migrated.uri(), folder.schema())).isEmpty();
    }
  }
}
