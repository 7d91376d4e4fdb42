package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.doctype.DocType;
import dev.billstep.offline.classes.PageClass;
import dev.billstep.offline.classes.PageSequence;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageSequenceTest {

  private static final String BILL = """
  TAX INVOICE
  Invoice No: 17 | Date: 1-Feb-26
  Description | Qty | Rate | Amount
  Tile | 2 | 100.00 | 200.00
  Grand Total | 200.00
  1/2
  """;
  private static final String REST = """
  Terms and conditions apply. See our pages.
  %s
  """;

  @Test
  void aPageThatGoesOnIsWhatThePageBeforeItIs() {
    assertThat(types(BILL, REST.formatted("2/2"))).containsExactly(DocType.BILL, DocType.BILL);
  }

  @Test
  void aPageOfAnotherDocumentIsToldByItself() {
    assertThat(types(BILL, REST.formatted("2/3"))).containsExactly(DocType.BILL, DocType.UNKNOWN);
    assertThat(types(BILL, REST.formatted(""))).containsExactly(DocType.BILL, DocType.UNKNOWN);
  }

  @Test
  void aPageWithATitleOfItsOwnIsToldByItself() {
    assertThat(types(BILL, "DELIVERY CHALLAN\nDate: 1-Feb-26\n2/2\n")).containsExactly(
      DocType.BILL,
      DocType.UNKNOWN
    );
  }

  private static List<DocType> types(String... pages) {
    return PageSequence.of(Stream.of(pages).map(PrintedPage::of).toList())
      .stream()
      .map(PageClass::type)
      .toList();
  }
}
