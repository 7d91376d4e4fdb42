package dev.billstep.intake;

import dev.billstep.text.StorableText;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPStore;

/**
 * A mailbox whose letters are put into an inbox, each once: a letter that was, is moved to the mailbox's folder {@code
 * Billstep}. It is fetched by IMAP (RFC 9051).
 */
public final class Mailbox {

  /** Of the mailbox, beside the one that letters come to. */
  static final String DONE = "Billstep";

  private static final String CONNECT_MS = "20000";
  private static final String ANSWER_MS = "60000";
  private static final int LONGEST_NAME = 80;

  private final MailboxAddress address;
  private final String password;

  public Mailbox(MailboxAddress address, String password) {
    this.address = address;
    this.password = password;
  }

  /** It can't be used now; the message is a sentence on why. */
  public static final class Unreachable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreachable(String sentence, Exception cause) {
      super(sentence, cause);
    }
  }

  /**
   * Signs in, and opens the folder.
   *
   * @throws Unreachable where that can't be done
   */
  public void check() throws Unreachable {
    this.<RuntimeException>in((store, folder) -> 0);
  }

  /**
   * Puts every letter that has come into an inbox.
   *
   * @return how many there were
   * @throws Unreachable where the mailbox can't be used, or the letters not be moved
   * @throws IOException where the inbox can't be written to
   */
  public int fetch(Inbox inbox) throws Unreachable, IOException {
    return this.<IOException>in((store, folder) -> {
      var brought = new ArrayList<Message>();
      try {
        for (var letter : folder.getMessages()) {
          bring(letter, folder, inbox);
          brought.add(letter);
        }
      } finally {
        putAway(brought, folder, store); // Where one can't be brought, those before it all the same.
      }
      return brought.size();
    });
  }

  private interface Work<E extends Exception> {
    int in(Store store, Folder folder) throws MessagingException, E;
  }

  private <E extends Exception> int in(Work<E> work) throws Unreachable, E {
    try (
      var store = Session.getInstance(properties()).getStore(
        address.isEncrypted() ? "imaps" : "imap"
      )
    ) {
      store.connect(address.host(), address.port(), address.user(), password);
      try (var folder = store.getFolder(address.folder())) {
        folder.open(Folder.READ_WRITE);
        return work.in(store, folder);
      }
    } catch (AuthenticationFailedException e) {
      throw new Unreachable(
        "The mail server refused the password of %s. Set it with: billstep keys set mail".formatted(
          address.user()
        ),
        e
      );
    } catch (MessagingException e) {
      throw new Unreachable("%s can't be opened: %s".formatted(address, e.getMessage()), e);
    }
  }

  private static Properties properties() {
    var properties = new Properties();
    for (var protocol : List.of("imap", "imaps")) {
      properties.setProperty("mail.%s.connectiontimeout".formatted(protocol), CONNECT_MS);
      properties.setProperty("mail.%s.timeout".formatted(protocol), ANSWER_MS);
      properties.setProperty("mail.%s.writetimeout".formatted(protocol), ANSWER_MS);
      // A letter is not marked as read by being copied.
      properties.setProperty("mail.%s.peek".formatted(protocol), "true");
    }
    return properties;
  }

  /** A letter is known by its number, which is never given again in the same folder (RFC 9051, 2.3.1.1). */
  private void bring(Message letter, Folder folder, Inbox inbox)
    throws MessagingException, IOException {
    var uids = (UIDFolder) folder;
    var number = "%s %d %d".formatted(address, uids.getUIDValidity(), uids.getUID(letter));
    var arrival = UUID.nameUUIDFromBytes(number.getBytes(StandardCharsets.UTF_8));
    inbox.bring(arrival, name(letter), out -> {
      try {
        letter.writeTo(out);
      } catch (MessagingException e) {
        throw new IOException(e);
      }
    });
  }

  /** As a file can be called, by what the letter is about. */
  private static String name(Message letter) throws MessagingException {
    var subject = Optional.ofNullable(letter.getSubject())
      .orElse("")
      .replaceAll("[^\\p{L}\\p{M}\\p{N}._()-]+", " ")
      .replaceFirst("^[ .]+", "")
      .strip();
    var shown = StorableText.shortened(subject, LONGEST_NAME);
    return (shown.isEmpty() ? "letter" : shown) + ".eml";
  }

  private static void putAway(List<Message> letters, Folder from, Store store)
    throws MessagingException {
    if (letters.isEmpty()) {
      return;
    }
    var to = store.getFolder(DONE);
    if (!to.exists()) {
      to.create(Folder.HOLDS_MESSAGES);
    }
    var moved = letters.toArray(Message[]::new);
    if (((IMAPStore) store).hasCapability("MOVE")) {
      ((IMAPFolder) from).moveMessages(moved, to);
    } else {
      from.copyMessages(moved, to);
      from.setFlags(moved, new Flags(Flags.Flag.DELETED), true);
      from.expunge();
    }
  }
}
