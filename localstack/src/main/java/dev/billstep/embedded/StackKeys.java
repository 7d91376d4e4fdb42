package dev.billstep.embedded;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.billstep.database.PostgresServer;
import dev.billstep.http.Token;
import dev.billstep.json.Json;
import dev.billstep.postgrest.ApiKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What opens a stack that is kept, and where it is looked at: the same each time it is started.
 *
 * @param database the database's password
 * @param api what the keys of its REST API are signed with
 * @param review the review page's token
 * @param reviewPort where the review page was served last; 0 before the first time
 * @param providers keys of models' providers, as the keys' secret has them
 * @param providersSince when each of these was given; of none that was given to an older version
 */
public record StackKeys(
  String database,
  String api,
  Token review,
  int reviewPort,
  Map<String, String> providers,
  @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Instant> providersSince
) {
  public StackKeys {
    providers = Map.copyOf(providers);
    providersSince = Map.copyOf(providersSince);
  }

  /** Those of a folder, where it has any. */
  public static Optional<StackKeys> find(DataFolder folder) {
    try {
      return Files.exists(folder.keys())
        ? Optional.of(Json.read(Files.readAllBytes(folder.keys()), StackKeys.class))
        : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of a folder; new ones, which are kept from now on, where it has none. */
  public static StackKeys of(DataFolder folder) {
    return find(folder).orElseGet(() -> change(folder, UnaryOperator.identity()));
  }

  /**
   * Changes those of a folder. Of several that do so at once, in whatever process, each finds what the
   * one before it has left.
   *
   * @return as they are from now on
   */
  public static synchronized StackKeys change(DataFolder folder, UnaryOperator<StackKeys> change) {
    try (
      var lock = FileChannel.open(
        folder.path().resolve("keys.lock"),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE
      )
    ) {
      lock.lock(); // Until it is closed.
      var changed = change.apply(find(folder).orElseGet(StackKeys::generate));
      changed.keepIn(folder);
      return changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StackKeys generate() {
    return new StackKeys(
      PostgresServer.newPassword(),
      ApiKeys.newSecret(),
      Token.generate(),
      0,
      Map.of(),
      Map.of()
    );
  }

  /**
   * With the keys of more providers, or newer ones.
   *
   * @param now since when those that are not known yet are
   */
  public StackKeys with(Map<String, String> given, Instant now) {
    var all = new HashMap<>(providers);
    var since = new HashMap<>(providersSince);
    given.forEach((name, key) -> {
      if (!key.equals(all.put(name, key))) {
        since.put(name, now);
      }
    });
    return new StackKeys(database, api, review, reviewPort, all, since);
  }

  /** With the keys of providers that others have. */
  public StackKeys withProvidersOf(StackKeys others) {
    return new StackKeys(
      database,
      api,
      review,
      reviewPort,
      others.providers,
      others.providersSince
    );
  }

  /** Without the key of a provider. */
  public StackKeys without(String name) {
    var others = new HashMap<>(providers);
    var since = new HashMap<>(providersSince);
    others.remove(name);
    since.remove(name);
    return new StackKeys(database, api, review, reviewPort, others, since);
  }

  public StackKeys servedAt(int port) {
    return new StackKeys(database, api, review, port, providers, providersSince);
  }

  private void keepIn(DataFolder folder) throws IOException {
    var part = folder.keys().resolveSibling("keys.json.part");
    Files.deleteIfExists(part);
    createForOwner(part);
    Files.write(part, Json.bytes(this));
    Files.move(part, folder.keys(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void createForOwner(Path file) throws IOException {
    Files.createFile(
      file,
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    );
  }
}
