package dev.billstep.database.definition;

import dev.billstep.database.Migrations;
import dev.billstep.database.PostgresServer;
import dev.billstep.database.ScratchDatabase;
import java.util.List;
import java.util.function.Function;

/**
 * Holds what a folder's migrations make against what its files say: both are applied, each to an
 * empty database.
 */
public final class Comparison {

  private final PostgresServer server;
  private final DatabaseFolder folder;
  private final Catalogue defined;

  /**
   * Applies the files.
   *
   * @throws DefinitionFailure where one can't be followed
   */
  public Comparison(PostgresServer server, DatabaseFolder folder, Prisma prisma) {
    this.server = server;
    this.folder = folder;
    var definition = new Definition(folder, prisma.tables(server.uri(), folder.schema()));
    try (var database = scratch("defined")) {
      definition.applyTo(database.source());
      this.defined = Catalogue.of(database.source());
    }
  }

  /** What the database is to be made of. */
  Catalogue defined() {
    return defined;
  }

  /**
   * What is not the same, by name, when the migrations of now are applied.
   *
   * @throws dev.billstep.database.DatabaseFailure where one can't be applied
   */
  public List<Difference> differences() {
    return inMigrated(migrated -> Catalogue.of(migrated.source()).differencesFrom(defined));
  }

  /** Gives a database that has the migrations of now. */
  <T> T inMigrated(Function<ScratchDatabase, T> work) {
    try (var migrated = scratch("migrated")) {
      new Migrations(migrated.source()).apply(folder.migrations());
      return work.apply(migrated);
    }
  }

  private ScratchDatabase scratch(String name) {
    return server.scratch(name);
  }
}
