package dev.billstep.people;

import dev.billstep.json.Json;
import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The users of a stack, in a file that is its owner's alone. It is read anew each time, so that what one
 * process changes counts in another at once.
 */
public final class Users {

  private final Path folder;
  private final InstantSource clock;
  private final HashingWork work;

  /**
   * Those of a folder; none where there is no such folder yet.
   *
   * @param work that a new password's hash takes
   */
  public Users(Path folder, InstantSource clock, HashingWork work) {
    this.folder = folder;
    this.clock = clock;
    this.work = work;
  }

  /** By their names. */
  public List<User> all() {
    try {
      return Json.read(Files.readAllBytes(file()), Kept.class).users();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One by their name, however that was typed. */
  public Optional<User> find(String name) {
    return all()
      .stream()
      .filter(user -> user.name().key().equals(UserName.keyOf(name)))
      .findFirst();
  }

  /**
   * Adds one.
   *
   * @throws UserRefused where there is one of that name, or the password is none to have
   */
  public User add(UserName name, Role role, Password password) {
    password.checkFor(name);
    var now = now();
    var added = new User(name, role, PasswordHash.of(password, work), now, now, Optional.empty());
    change(users -> {
      if (find(name.value()).isPresent()) {
        throw new UserRefused("There is a user called %s already.".formatted(name));
      }
      users.add(added);
      return users;
    });
    return added;
  }

  /**
   * Lets one do more, or less, from their next request on.
   *
   * @throws UserRefused where there is none of that name
   */
  public User give(String name, Role role) {
    return replace(name, user -> user.as(role));
  }

  /**
   * Gives one another password. Wherever they are signed in, they no longer are.
   *
   * @throws UserRefused where there is none of that name, or the password is none to have
   */
  public User give(String name, Password password) {
    password.checkFor(one(name).name());
    var hash = PasswordHash.of(password, work);
    var now = now();
    return replace(name, user -> user.with(hash, now));
  }

  /**
   * Gives the programs of one a token to ask by, in place of the one that they had.
   *
   * @return what is said this once, and not kept
   * @throws UserRefused where there is none of that name
   */
  public SessionToken giveToken(String name) {
    var token = SessionToken.generate();
    replace(name, user -> user.with(Optional.of(token)));
    return token;
  }

  /**
   * Takes the token of a user's programs from them.
   *
   * @throws UserRefused where there is none of that name
   */
  public User takeToken(String name) {
    return replace(name, user -> user.with(Optional.empty()));
  }

  /** Whose programs a token is of. */
  public Optional<User> by(SessionToken token) {
    var hash = Optional.of(token.hash());
    return all()
      .stream()
      .filter(user -> user.token().equals(hash))
      .findFirst();
  }

  /**
   * Removes one. What they have done stays, with their name.
   *
   * @throws UserRefused where there is none of that name
   */
  public User remove(String name) {
    var removed = one(name);
    change(users -> {
      users.removeIf(user -> user.name().equals(removed.name()));
      return users;
    });
    return removed;
  }

  /**
   * One by their name.
   *
   * @throws UserRefused where there is none
   */
  public User one(String name) {
    return find(name).orElseThrow(() ->
      new UserRefused(
        "There is no user called %s. Those there are: billstep users list".formatted(name)
      )
    );
  }

  private User replace(String name, UnaryOperator<User> change) {
    var changed = new ArrayList<User>();
    change(users -> {
      var before = one(name);
      users.remove(before);
      changed.add(change.apply(before));
      users.addAll(changed);
      return users;
    });
    return changed.getFirst();
  }

  /** Of several who change them at once, each finds what the one before has left. */
  private void change(UnaryOperator<List<User>> change) {
    synchronized (Users.class) {
      try {
        PrivateFolder.make(folder);
        try (
          var lock = FileChannel.open(
            folder.resolve("users.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE
          )
        ) {
          lock.lock(); // Until it is closed.
          keep(change.apply(new ArrayList<>(all())));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void keep(List<User> users) throws IOException {
    var part = folder.resolve("users.json.part");
    Files.deleteIfExists(part);
    Files.createFile(
      part,
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    );
    var sorted = users
      .stream()
      .sorted(Comparator.comparing(user -> user.name().key()))
      .toList();
    Files.write(part, Json.bytes(new Kept(sorted)));
    Files.move(part, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private Path file() {
    return folder.resolve("users.json");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The file. */
  private record Kept(List<User> users) {}
}
