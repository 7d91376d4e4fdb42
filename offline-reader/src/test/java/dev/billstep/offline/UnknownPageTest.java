package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.page.PageImage;
import dev.billstep.reading.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page of no kind that may be a bill in words that nobody knows asks for a look. */
class UnknownPageTest {

  @Test
  void aPageWithAGstinIsDoubted() {
    assertThat(
      doubts(
        """
        Prakash Packaging Works
        Karadata kramanka 27AAPFU0939F1ZV
        Kula rakkama 23600
        """
      )
    ).containsExactly("class.ambiguous");
  }

  @Test
  void aPageWithAmountsIsDoubted() {
    assertThat(
      doubts(
        """
        Sagar Upahar Griha
        Masala dosa   60.00
        Idli vada     40.00
        Kula rakkama 100.00
        """
      )
    ).containsExactly("class.ambiguous");
  }

  @Test
  void aLetterIsNot() {
    assertThat(
      doubts(
        """
        The Manager, Sunrise Tools LLP
        Subject: Change of our office address
        With reference to our telephonic discussion of 12/04/2026, we wish to inform you
        that the material will be dispatched in 3 weeks.
        """
      )
    ).isEmpty();
  }

  @Test
  void aPageThatSaysItselfThatItIsSomethingElseIsNot() {
    assertThat(
      doubts(
        """
        PACKING LIST
        GSTIN 27AAPFU0939F1ZV
        Cotton fabric   118.00
        """
      )
    ).isEmpty();
  }

  /** Tally prints one on every bill, and leaves its box empty. */
  @Test
  void aTitleOfAnotherKindInOrdinaryPrintMayBeALabel() {
    assertThat(
      doubts(
        """
        Vikraya patrika
        Delivery Note       Reference
        GSTIN 27AAPFU0939F1ZV
        Cotton fabric   118.00
        """
      )
    ).containsExactly("class.ambiguous");
  }

  private static List<String> doubts(String page) {
    var model = new OfflineModel(new PageText(new DrawnPage(page)));
    return model
      .read(PageImage.of(1, new byte[] { 1 }), DefaultSchemas.unknown())
      .doubts()
      .stream()
      .map(Finding::code)
      .toList();
  }
}
