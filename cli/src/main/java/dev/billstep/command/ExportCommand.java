package dev.billstep.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.billstep.doctype.DocType;
import dev.billstep.export.CsvDocs;
import dev.billstep.export.Cursor;
import dev.billstep.export.DocWriter;
import dev.billstep.export.DocsToExport;
import dev.billstep.export.DocsToExport.Exported;
import dev.billstep.export.DocsToExport.Review;
import dev.billstep.export.DocsToExport.Selection;
import dev.billstep.export.ExportFormat;
import dev.billstep.export.Layout;
import dev.billstep.export.TallyLedgers;
import dev.billstep.export.TallyVouchers;
import dev.billstep.job.UserId;
import dev.billstep.json.Json;
import dev.billstep.operation.DocTypeSchemas;
import dev.billstep.stack.StackFailure;
import dev.billstep.supabase.SupabaseClient;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code billstep export}: what was read, for other programs. */
@Command(
  name = "export",
  mixinStandardHelpOptions = true,
  description = {
    "Writes what was read for other programs: approved pages, those first that were approved first.",
    "At its end it says how to get what is approved later, so that each page is exported once.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep export > bills.csv",
    "  billstep export --format xlsx --out march.xlsx",
    "  billstep export --format tally-xml --company \"Asha & Co\" --out vouchers.xml",
    "  billstep export --type eway_bill --format jsonl --review any",
  }
)
final class ExportCommand implements Callable<Integer> {

  @Spec
  private CommandSpec spec;

  @Mixin
  private StackOptions stack = new StackOptions();

  @Option(
    names = "--format",
    paramLabel = "FORMAT",
    defaultValue = "csv",
    description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
  )
  private ExportFormat format = ExportFormat.CSV;

  @Option(
    names = "--type",
    paramLabel = "TYPE",
    defaultValue = "bill",
    description = "bill or eway_bill (default: ${DEFAULT-VALUE})."
  )
  private DocType type = DocType.BILL;

  @Option(
    names = "--review",
    paramLabel = "WHICH",
    defaultValue = "approved",
    description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
  )
  private Review review = Review.APPROVED;

  @Option(names = "--user", paramLabel = "USER", description = "Only this user's pages.")
  private Optional<UserId> user = Optional.empty();

  @Option(
    names = "--since",
    paramLabel = "CURSOR",
    converter = CursorOption.class,
    description = "Only what has come since another export: what that one has printed at its end."
  )
  private Optional<Cursor> since = Optional.empty();

  @Option(
    names = "--lines",
    description = "With csv: a row for each line of a page's table instead of each page."
  )
  private boolean lines;

  @Option(
    names = "--company",
    paramLabel = "NAME",
    description = "With tally-xml: the company whose books they are for (default: the open one)."
  )
  private Optional<String> company = Optional.empty();

  @Option(
    names = "--ledgers",
    paramLabel = "FILE",
    description = "With tally-xml: what the ledgers are called in these books, as JSON (default: " +
      "{\"purchase\":\"Purchase\",\"cgst\":\"CGST\",\"sgst\":\"SGST\",\"igst\":\"IGST\"," +
      "\"cess\":\"Cess\",\"roundOff\":\"Round Off\"})."
  )
  private Optional<Path> ledgers = Optional.empty();

  @Option(
    names = "--out",
    paramLabel = "FILE",
    description = "The file to write (default: standard output)."
  )
  private Optional<Path> file = Optional.empty();

  private ExportCommand() {}

  @Override
  public Integer call() {
    check();
    var opened = stack.open();
    try {
      var written = Files.createTempFile(folder(), ".billstep-export", "");
      try {
        var leftOut = write(opened.supabase(), written);
        hand(written);
        return leftOut.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check() {
    if (format == ExportFormat.XLSX && file.isEmpty()) {
      throw usage("A workbook needs a file: --out bills.xlsx");
    }
    if (format == ExportFormat.TALLY_XML && type != DocType.BILL) {
      throw usage("Tally books bills: --format tally-xml goes with --type bill");
    }
    if (lines && format != ExportFormat.CSV) {
      throw usage("--lines goes with --format csv; the other formats have the lines");
    }
    if (!Files.isDirectory(folder())) {
      throw usage("There is no folder " + folder());
    }
    if (type == DocType.UNKNOWN) {
      throw usage("Pages of no kind have no fields: --type bill or eway_bill");
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Beside the file, so that it can be moved there in one step. */
  private Path folder() {
    return file
      .map(Path::toAbsolutePath)
      .map(Path::getParent)
      .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
  }

  private List<String> write(SupabaseClient supabase, Path written) throws IOException {
    try (var out = new BufferedOutputStream(Files.newOutputStream(written))) {
      var writer = writer(supabase, out);
      Exported exported;
      try (writer) {
        exported = new DocsToExport(supabase).write(
          new Selection(type, review, user, since),
          writer
        );
      }
      var leftOut = writer instanceof TallyVouchers tally ? tally.leftOut() : List.<String>of();
      report(exported, leftOut);
      return leftOut;
    }
  }

  private DocWriter writer(SupabaseClient supabase, OutputStream out) throws IOException {
    if (lines) {
      return CsvDocs.lines(layout(supabase), out);
    }
    return format == ExportFormat.TALLY_XML
      ? new TallyVouchers(company, ledgers(), out)
      : format.writer(type, () -> layout(supabase), out);
  }

  private Layout layout(SupabaseClient supabase) {
    return Layout.of(new DocTypeSchemas(supabase).get(type, Optional.empty()).path("schema"));
  }

  /** The usual names, but for those that the file says. */
  private TallyLedgers ledgers() {
    ObjectNode names = Json.mapper().valueToTree(TallyLedgers.USUAL);
    ledgers.ifPresent(named -> {
      try {
        Json.mapper().readerForUpdating(names).readValue(named.toFile());
      } catch (IOException e) {
        throw new StackFailure(
          "The ledgers' names can't be read from %s: %s".formatted(named, e.getMessage()),
          e
        );
      }
    });
    return Json.mapper().convertValue(names, TallyLedgers.class);
  }

  /** Gives away what is complete: nobody has a part of an export for all of it. */
  private void hand(Path written) throws IOException {
    if (file.isPresent()) {
      Files.move(written, file.get(), StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    var out = spec.commandLine().getOut();
    try (var text = Files.newBufferedReader(written)) {
      text.transferTo(out);
    }
    out.flush();
  }

  private void report(Exported exported, List<String> leftOut) {
    var err = spec.commandLine().getErr();
    if (exported.pages() == 0) {
      err.println(
        since.isPresent()
          ? "Nothing has come since."
          : "Nothing is %s. To export all that was read: billstep export --review any".formatted(
              review == Review.ANY ? "there" : review.toString().replace('_', ' ')
            )
      );
    } else {
      err.println(
        "%s. What comes later: billstep export --since %s".formatted(
          Shown.count(exported.pages() - leftOut.size(), "page"),
          exported.last().orElseThrow()
        )
      );
    }
    if (!leftOut.isEmpty()) {
      err.println("Not exported, because they can't be booked as they are:");
      leftOut.forEach(each -> err.println("  " + each));
    }
    err.flush();
  }
}
