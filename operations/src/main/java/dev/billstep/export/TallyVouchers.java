package dev.billstep.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Bills as purchase vouchers for TallyPrime: a request to import data, in the accounting voucher view
 * (help.tallysolutions.com, "Integration using XML" and "Understanding Integration – Transactions"). A
 * debit is deemed positive and has a negative amount, as Tally writes it. Ledgers have to be in the
 * company's books. A voucher that was imported before is known by its REMOTEID.
 */
public final class TallyVouchers implements DocWriter {

  private static final String VIEW = "Accounting Voucher View";
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final TallyLedgers ledgers;
  private final XMLStreamWriter xml;
  private final OutputStream out;
  private final List<String> leftOut = new ArrayList<>();

  /**
   * Begins a request.
   *
   * @param company whose books they are for; none is the one that is open
   */
  public TallyVouchers(Optional<String> company, TallyLedgers ledgers, OutputStream out)
    throws IOException {
    this.ledgers = ledgers;
    this.out = out;
    try {
      this.xml = XMLOutputFactory.newInstance().createXMLStreamWriter(
        out,
        StandardCharsets.UTF_8.name()
      );
      xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
      begin("ENVELOPE");
      begin("HEADER");
      value("TALLYREQUEST", "Import Data");
      end();
      begin("BODY");
      begin("IMPORTDATA");
      begin("REQUESTDESC");
      value("REPORTNAME", "Vouchers");
      if (company.isPresent()) {
        begin("STATICVARIABLES");
        value("SVCURRENTCOMPANY", company.get());
        end();
      }
      end();
      begin("REQUESTDATA");
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void write(ExportedDoc doc) throws IOException {
    try {
      write(Voucher.of(doc, ledgers));
    } catch (Voucher.NotBookable why) {
      leftOut.add(
        "%s %s: %s".formatted(
          doc.fileName().orElse(doc.jobId().toString()),
          doc.pagesInWords(),
          why.getMessage()
        )
      );
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  /** The pages that are not among the vouchers, and why, a sentence each. */
  public List<String> leftOut() {
    return List.copyOf(leftOut);
  }

  private void write(Voucher voucher) throws XMLStreamException {
    begin("TALLYMESSAGE");
    begin("VOUCHER");
    xml.writeAttribute("REMOTEID", "billstep-" + voucher.id());
    xml.writeAttribute("VCHTYPE", voucher.type());
    xml.writeAttribute("ACTION", "Create");
    xml.writeAttribute("OBJVIEW", VIEW);
    value("DATE", DAY.format(voucher.date()));
    value("EFFECTIVEDATE", DAY.format(voucher.date()));
    value("VOUCHERTYPENAME", voucher.type());
    value("REFERENCE", voucher.number());
    value("REFERENCEDATE", DAY.format(voucher.date()));
    value("PARTYLEDGERNAME", voucher.party());
    if (voucher.gstin().isPresent()) {
      value("PARTYGSTIN", voucher.gstin().get());
    }
    value("PERSISTEDVIEW", VIEW);
    value("ISINVOICE", "No");
    value("NARRATION", voucher.narration());
    for (var entry : voucher.entries()) {
      write(entry, voucher);
    }
    end();
    end();
  }

  private void write(Voucher.Entry entry, Voucher voucher) throws XMLStreamException {
    boolean isParty = entry.equals(voucher.entries().getFirst());
    var amount = entry.debit().negate().toPlainString();
    begin("ALLLEDGERENTRIES.LIST");
    value("LEDGERNAME", entry.ledger());
    value("ISDEEMEDPOSITIVE", entry.debit().signum() > 0 ? "Yes" : "No");
    value("ISPARTYLEDGER", isParty ? "Yes" : "No");
    value("AMOUNT", amount);
    if (isParty) {
      begin("BILLALLOCATIONS.LIST");
      value("NAME", voucher.number());
      value("BILLTYPE", "New Ref");
      value("AMOUNT", amount);
      end();
    }
    end();
  }

  private void begin(String element) throws XMLStreamException {
    xml.writeStartElement(element);
  }

  private void end() throws XMLStreamException {
    xml.writeEndElement();
  }

  private void value(String element, String text) throws XMLStreamException {
    begin(element);
    xml.writeCharacters(allowed(text));
    end();
  }

  /** Without what no XML document may have (XML 1.0, production 2, "Char"). */
  private static String allowed(String text) {
    return text.replaceAll(
      "[^\\u0009\\u000A\\u000D\\u0020-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]",
      ""
    );
  }

  @Override
  public void close() throws IOException {
    try {
      xml.writeEndDocument();
      xml.close();
      out.flush();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }
}
