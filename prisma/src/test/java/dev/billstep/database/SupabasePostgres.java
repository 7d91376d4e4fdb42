package dev.billstep.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** The PostgreSQLs that Supabase's projects have; the build puts them here where it can. */
public final class SupabasePostgres {

  private static final String PROGRAMS = "postgres-linux-x86_64.txz";

  private SupabasePostgres() {}

  /** Whether the build has put them here: on Linux and x86-64. */
  public static boolean isHere() {
    return Files.exists(jar("15"));
  }

  /** Starts one, with nothing in it. */
  public static PostgresServer start(String major) {
    return PostgresServer.start(OnPostgres.HOME.resolve(".billstep/postgres"), () ->
      EmbeddedPostgres.builder().setPgBinaryResolver((system, machine) -> programs(jar(major)))
    );
  }

  private static Path jar(String major) {
    return OnPostgres.HOME.resolve("prisma/target/postgres/%s.jar".formatted(major));
  }

  private static InputStream programs(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      var entry = zip.getEntry(PROGRAMS);
      if (entry == null) {
        throw new FileNotFoundException("%s in %s".formatted(PROGRAMS, jar));
      }
      return new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes());
    }
  }
}
