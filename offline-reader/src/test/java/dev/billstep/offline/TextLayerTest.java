package dev.billstep.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.billstep.job.JobId;
import dev.billstep.json.Json;
import dev.billstep.page.PageImage;
import dev.billstep.page.PageRef;
import dev.billstep.page.Sha256;
import dev.billstep.page.Word;
import dev.billstep.reading.Finding;
import dev.billstep.reading.PageModel.Answer;
import dev.billstep.storage.FilePageStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page's own text is believed where it is what is drawn. */
class TextLayerTest {

  private static final String PRINTED = """
  TAX INVOICE
  Prakash Packaging Works
  Wagholi, Pune
  GSTIN : 27AAPFU0939F1ZV
  Invoice No : S/2023/118
  Invoice Date : 21/08/2023
  Bill To :
  Balaji Foods Pvt Ltd
  GSTIN : 27CFOTR4553E2ZT
  Sr   Particulars          HSN     Qty      Rate        Amount
  1    Corrugated box       4819    1000     20.00    20,000.00
  Sub Total                                           20,000.00
  CGST 9%                                              1,800.00
  SGST 9%                                              1,800.00
  Grand Total                                         23,600.00
  Amount in words : Rupees Twenty Three Thousand Six Hundred Only
  """;
  private static final byte[] PNG = { 1 };

  @TempDir
  Path folder;

  private int wholePages;

  @Test
  void aLayerThatIsDrawnIsReadWithoutOcrOfTheWholePage() {
    var answer = read(PRINTED, layer -> layer);
    assertThat(answer.fields().path("grand_total").decimalValue()).isEqualByComparingTo("23600");
    assertThat(answer.doubts()).isEmpty();
    assertThat(wholePages).isZero();
  }

  @Test
  void whatOcrMistakesIsNotHeldAgainstALayer() {
    var seen = PRINTED.replace("S/2023/118", "5/2O23/ll8").replace("Wagholi", "Waghoii");
    assertThat(read(seen, layer -> layer).doubts()).isEmpty();
    assertThat(wholePages).isZero();
  }

  @Test
  void aRuledLineBesideANumberIsNotHeldAgainstALayer() {
    assertThat(read(PRINTED.replace("23,600.00", "|23,600.00"), layer -> layer).doubts()).isEmpty();
  }

  @Test
  void oneDigitOfTheTotalThatIsDrawnOtherwiseIsFlagged() {
    var answer = read(PRINTED, replaced("23,600.00", "28,600.00"));
    assertThat(answer.doubts()).anySatisfy(doubt -> {
      assertThat(doubt.code()).isEqualTo("textlayer.not_drawn");
      assertThat(doubt.path()).isEqualTo("/grand_total");
      assertThat(doubt.message()).contains("23,600.00", "28,600.00");
    });
  }

  @Test
  void aGstinThatIsDrawnOtherwiseIsFlagged() {
    var doubts = read(PRINTED, replaced("27CFOTR4553E2ZT", "29CFOTR4553E2ZP")).doubts();
    assertThat(doubts)
      .filteredOn(doubt -> doubt.code().equals("textlayer.not_drawn"))
      .extracting(Finding::path)
      .containsExactly("/buyer/gstin");
  }

  @Test
  void aDigitMoreThanIsDrawnIsFlagged() {
    assertThat(read(PRINTED, replaced("S/2023/118", "S/2023/1188")).doubts())
      .extracting(Finding::path)
      .contains("/invoice_number");
  }

  @Test
  void whereALayerStandsBesideWhatIsDrawnOcrIsReadInstead() {
    var answer = read(PRINTED, layer -> moved(layer, 14));
    assertThat(answer.text()).contains("OCR");
    assertThat(answer.fields().path("grand_total").decimalValue()).isEqualByComparingTo("23600");
    assertThat(answer.doubts()).isEmpty();
  }

  @Test
  void whereLettersHaveOthersCodesOcrIsReadInstead() {
    assertThat(read(PRINTED, TextLayerTest::garbled).text()).contains("OCR");
  }

  @Test
  void aLayerOfAnotherPageIsNotRead() {
    var other = PrintedPage.words(
      PRINTED.lines().toList().reversed().stream().collect(Collectors.joining("\n"))
    );
    assertThat(read(PRINTED, layer -> other).text()).contains("OCR");
  }

  @Test
  void aLayerOverAPictureWithoutTextIsFlagged() {
    assertThat(read("", layer -> PrintedPage.words(PRINTED)).doubts())
      .extracting(Finding::code)
      .contains("textlayer.not_drawn");
  }

  private Answer read(String drawn, UnaryOperator<List<Word>> layer) {
    var ocr = new DrawnPage(drawn);
    var model = new OfflineModel(new PageText(ocr));
    var answer = model.read(page(layer.apply(PrintedPage.words(PRINTED))), DefaultSchemas.bill());
    wholePages = ocr.wholePages();
    return answer;
  }

  private PageImage page(List<Word> layer) {
    var store = new FilePageStore(folder);
    var job = new JobId(new UUID(0, 1));
    var words = store.storeRecord(job, "words", Json.bytes(layer));
    return PageImage.load(
      store,
      new PageRef(1, Sha256.of(PNG), store.storePage(job, PNG), Optional.of(words))
    );
  }

  private static UnaryOperator<List<Word>> replaced(String text, String by) {
    return layer ->
      layer
        .stream()
        .map(word -> word.text().equals(text) ? saying(by, word) : word)
        .toList();
  }

  private static List<Word> moved(List<Word> layer, double down) {
    return layer
      .stream()
      .map(word -> new Word(word.text(), word.x(), word.y() + down, word.width(), word.height()))
      .toList();
  }

  /** Each letter is the next one of the alphabet, each digit the next. */
  private static List<Word> garbled(List<Word> layer) {
    return layer
      .stream()
      .map(word ->
        saying(
          word
            .text()
            .chars()
            .map(letter -> Character.isLetterOrDigit(letter) ? letter + 1 : letter)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString(),
          word
        )
      )
      .toList();
  }

  private static Word saying(String text, Word word) {
    return new Word(text, word.x(), word.y(), word.width(), word.height());
  }
}
