package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.doctype.DocType;
import dev.billstep.reading.Witness;
import dev.billstep.reading.WordRules;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What the functions find of the reader by its services, beside its models. */
class OfflineRulesTest {

  @Test
  void theRulesAreFoundAndSayWhatAPageIsByItsWords() {
    var rules = ServiceLoader.load(WordRules.class).findFirst().orElseThrow();
    var bill = rules.label(
      PrintedPage.words(
        """
        TAX INVOICE
        GSTIN: 29GBCTN1145H1ZE
        Invoice No: 7      Invoice Date: 25/04/2025
        Description        HSN     Qty    Taxable Value
        Bearing            8482    2      12,832.00
        Grand Total                       12,832.00
        """
      )
    );
    assertThat(bill.type()).isEqualTo(DocType.BILL);
    assertThat(bill.confidence()).isGreaterThan(0.9);
    assertThat(rules.modelId()).isEqualTo("offline/rules");
  }

  @Test
  void theWitnessIsFoundByItsName() {
    assertThat(ServiceLoader.load(Witness.class))
      .extracting(Witness::name)
      .containsExactly("ppocr");
  }
}
