package dev.billstep.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.junit5.GreenMailExtension;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.ServerSetupTest;
import dev.billstep.intake.Uploads.Outcome;
import dev.billstep.intake.Uploads.Upload;
import dev.billstep.job.JobId;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {

  @RegisterExtension
  static final GreenMailExtension SERVER = new GreenMailExtension(
    ServerSetupTest.IMAP.dynamicPort()
  ).withConfiguration(GreenMailConfiguration.aConfig().withUser("clerk@firm.example", "s3cret"));

  @TempDir
  private Path folder;

  private final List<UUID> arrivals = new ArrayList<>();
  private final List<String> contents = new ArrayList<>();
  private Inbox inbox;
  private GreenMailUser clerk;

  @BeforeEach
  void start() {
    inbox = new Inbox(folder, this::upload, InstantSource.system());
    clerk = SERVER.getUserManager().getUserByEmail("clerk@firm.example");
  }

  private Outcome upload(Path file, String name, UUID arrival) {
    try {
      contents.add(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    arrivals.add(arrival);
    return new Outcome(List.of(new Upload(new JobId(arrival), name)), List.of());
  }

  @Test
  void aLetterComesIntoTheInboxOnceAndIsPutAway() throws Exception {
    send("Your bill: 7/2026");
    send("");
    assertThat(mailbox("s3cret").fetch(inbox)).isEqualTo(2);
    assertThat(inbox.look()).hasSize(2);
    assertThat(contents).allSatisfy(letter -> assertThat(letter).contains("Please pay."));
    assertThat(folder.resolve("uploaded/Your bill 7 2026.eml")).exists();
    assertThat(folder.resolve("uploaded/letter.eml")).exists();

    assertThat(mailbox("s3cret").fetch(inbox)).isZero();
    var host = SERVER.getManagers().getImapHostManager();
    assertThat(host.getFolder(clerk, Mailbox.DONE).getMessageCount()).isEqualTo(2);
    assertThat(host.getInbox(clerk).getMessageCount()).isZero();
  }

  @Test
  void aLetterThatIsFetchedAgainIsTheSameArrival() throws Exception {
    send("Your bill");
    Files.writeString(folder.resolve(".billstep"), "in the way");
    assertThatThrownBy(() -> mailbox("s3cret").fetch(inbox)).isInstanceOf(IOException.class);
    assertThat(SERVER.getManagers().getImapHostManager().getInbox(clerk).getMessageCount())
      .as("nothing is put away that is not in the inbox")
      .isEqualTo(1);
    Files.delete(folder.resolve(".billstep"));

    mailbox("s3cret").fetch(inbox);
    inbox.look();
    assertThat(arrivals).hasSize(1);
  }

  @Test
  void aWrongPasswordIsSaid() {
    assertThatThrownBy(() -> mailbox("wrong").check()).hasMessage(
      "The mail server refused the password of clerk@firm.example. Set it with: billstep keys set mail"
    );
  }

  @Test
  void aFolderThatIsNotThereIsSaid() {
    var address = MailboxAddress.of(
      "imap://clerk%%40firm.example@127.0.0.1:%d/Bills".formatted(SERVER.getImap().getPort())
    );
    assertThatThrownBy(() -> new Mailbox(address, "s3cret").check()).hasMessageContaining(
      "Bills of clerk@firm.example at 127.0.0.1 can't be opened"
    );
  }

  @Test
  void anAddressIsReadAsItIsTyped() {
    assertThat(MailboxAddress.of("imaps://clerk%40firm.example@imap.firm.example")).isEqualTo(
      new MailboxAddress("imap.firm.example", -1, true, "clerk@firm.example", "INBOX")
    );
    for (var wrong : List.of(
      "imap://clerk@imap.firm.example/",
      "https://x@firm.example",
      "imaps://firm.example"
    )) {
      assertThatThrownBy(() -> MailboxAddress.of(wrong)).hasMessageStartingWith(
        "A mailbox is written as imaps://"
      );
    }
    assertThatThrownBy(() ->
      MailboxAddress.of("imaps://clerk:s3cret@imap.firm.example")
    ).hasMessageStartingWith("A password is not taken from the command line.");
    assertThatThrownBy(() ->
      MailboxAddress.of("imaps://clerk@firm.example@imap firm")
    ).hasMessageContaining("written as %40");
  }

  private Mailbox mailbox(String password) {
    var address = "imap://clerk%%40firm.example@127.0.0.1:%d".formatted(SERVER.getImap().getPort());
    return new Mailbox(MailboxAddress.of(address), password);
  }

  private void send(String subject) throws Exception {
    var text =
      "From: shop@firm.example\r\n%sContent-Type: text/plain\r\n\r\nPlease pay.\r\n".formatted(
        subject.isEmpty() ? "" : "Subject: " + subject + "\r\n"
      );
    clerk.deliver(
      new MimeMessage(
        Session.getInstance(new Properties()),
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))
      )
    );
  }
}
