package dev.billstep.embedded;

import dev.billstep.database.PostgresServer;
import dev.billstep.http.Token;
import dev.billstep.json.Json;
import dev.billstep.postgrest.ApiKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/**
 * What opens a stack that is kept, and where it is looked at: the same each time it is started.
 *
 * @param database the database's password
 * @param api what the keys of its REST API are signed with
 * @param review the review page's token
 * @param reviewPort where the review page was served last; 0 before the first time
 * @param providers keys of models' providers, as the keys' secret has them
 */
public record StackKeys(
  String database,
  String api,
  Token review,
  int reviewPort,
  Map<String, String> providers
) {
  public StackKeys {
    providers = Map.copyOf(providers);
  }

  /** Those of a folder; new ones, which are kept from now on, where it has none. */
  public static StackKeys of(DataFolder folder) {
    try {
      if (Files.exists(folder.keys())) {
        return Json.read(Files.readAllBytes(folder.keys()), StackKeys.class);
      }
      var keys = new StackKeys(
        PostgresServer.newPassword(),
        ApiKeys.newSecret(),
        Token.generate(),
        0,
        Map.of()
      );
      keys.keepIn(folder);
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With the keys of more providers, or newer ones. */
  StackKeys with(Map<String, String> given) {
    var all = new HashMap<>(providers);
    all.putAll(given);
    return new StackKeys(database, api, review, reviewPort, all);
  }

  public StackKeys servedAt(int port) {
    return new StackKeys(database, api, review, port, providers);
  }

  public void keepIn(DataFolder folder) {
    try {
      var part = folder.keys().resolveSibling("keys.json.part");
      Files.deleteIfExists(part);
      createForOwner(part);
      Files.write(part, Json.bytes(this));
      Files.move(part, folder.keys(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void createForOwner(Path file) throws IOException {
    Files.createFile(
      file,
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    );
  }
}
