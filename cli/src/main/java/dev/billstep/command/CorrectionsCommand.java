package dev.billstep.command;

import dev.billstep.doctype.DocType;
import dev.billstep.export.DocWriter;
import dev.billstep.export.DocsToExport;
import dev.billstep.export.ExportedDoc;
import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.operation.FieldCorrections;
import dev.billstep.operation.JobOperations;
import dev.billstep.storage.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code billstep corrections}: what can be learned from those who review. */
@Command(
  name = "corrections",
  mixinStandardHelpOptions = true,
  synopsisSubcommandLabel = "COMMAND",
  description = {
    "Shows which fields are corrected most, and makes labelled documents of approved pages:",
    "what was read wrongly once is measured from then on.",
  },
  footerHeading = "%nExamples:%n",
  footer = {
    "  billstep corrections list",
    "  billstep corrections export ours && billstep eval ours",
    "  billstep eval ours --model openai/gpt-6-luna --model offline --max-usd 1",
  }
)
final class CorrectionsCommand implements Runnable {

  @Spec
  private CommandSpec spec;

  private CorrectionsCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say what to do: list or export.");
  }

  @Command(
    name = "list",
    description = "Shows how often each field was corrected, the most often first.",
    mixinStandardHelpOptions = true
  )
  int list(@Mixin StackOptions stack, @Mixin Output output) {
    var counts = FieldCorrections.of(stack.open().supabase()).counts();
    output.print(counts, () ->
      counts.isEmpty()
        ? "Nothing was corrected yet. Pages are corrected at the desk of the review page, or by: billstep doc correct"
        : table(counts)
    );
    return CommandLine.ExitCode.OK;
  }

  private static String table(List<FieldCorrections.Count> counts) {
    var table = new TextTable("TYPE", "FIELD", "CORRECTED");
    counts.forEach(each ->
      table.row(List.of(each.type(), each.field(), String.valueOf(each.corrections())))
    );
    return table.toString();
  }

  @Command(
    name = "export",
    description = {
      "Copies documents with approved pages into a folder, each with what is printed on these pages beside it",
      "(NAME.expected.json), as billstep eval takes them. They are as private as the bills are.",
    },
    mixinStandardHelpOptions = true
  )
  int export(
    @Mixin StackOptions stack,
    @Mixin Output output,
    @Parameters(
      paramLabel = "DIR",
      description = "The folder; documents that are there already are written anew."
    ) Path folder,
    @Option(
      names = "--corrected",
      description = "Documents alone of which something was corrected."
    ) boolean correctedAlone,
    @Option(
      names = "--user",
      paramLabel = "USER",
      description = "This user's documents alone."
    ) Optional<UserId> user
  ) {
    var opened = stack.open();
    var corrected = FieldCorrections.of(opened.supabase()).docs();
    var export = new LabelledExport(new JobOperations(opened), corrected, correctedAlone);
    for (var type : List.of(DocType.BILL, DocType.EWAY_BILL)) {
      approved(new DocsToExport(opened.supabase()), type, user, export);
    }
    var written = write(export, folder);
    output.print(written, () -> said(written, folder));
    return written.gone().isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static void approved(
    DocsToExport docs,
    DocType type,
    Optional<UserId> user,
    LabelledExport export
  ) {
    try {
      docs.write(
        new DocsToExport.Selection(type, DocsToExport.Review.APPROVED, user, Optional.empty()),
        export
      );
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Written write(LabelledExport export, Path folder) {
    try {
      PrivateFolder.make(folder);
      return export.write(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String said(Written written, Path folder) {
    if (written.documents() == 0 && written.gone().isEmpty()) {
      return "No page is approved. That is done at the desk of the review page, or by: billstep doc approve";
    }
    var gone = written
      .gone()
      .stream()
      .map("%nThe upload of job %s is gone: it is left out."::formatted)
      .toList();
    return "%s with %s in %s; %d of these were corrected.%s%nNext: billstep eval %s".formatted(
      Shown.count(written.documents(), "document"),
      Shown.count(written.pages(), "approved page"),
      folder,
      written.corrected(),
      String.join("", gone),
      folder
    );
  }

  /**
   * What was written.
   *
   * @param corrected pages that say something else than what was read
   * @param gone jobs whose uploads are not kept any more
   */
  record Written(int documents, int pages, int corrected, List<JobId> gone) {}

  /** Gathers approved pages by their jobs, and writes each job's document with its labels. */
  private static final class LabelledExport implements DocWriter {

    private final JobOperations jobs;
    private final Set<String> corrected;
    private final boolean correctedAlone;
    private final Map<String, List<ExportedDoc>> pages = new TreeMap<>();

    LabelledExport(JobOperations jobs, Set<String> corrected, boolean correctedAlone) {
      this.jobs = jobs;
      this.corrected = corrected;
      this.correctedAlone = correctedAlone;
    }

    @Override
    public void write(ExportedDoc doc) {
      pages.computeIfAbsent(doc.jobId().toString(), id -> new ArrayList<>()).add(doc);
    }

    @Override
    public void close() {
      // Nothing is open.
    }

    Written write(Path folder) throws IOException {
      int documents = 0;
      int labelled = 0;
      int wrong = 0;
      var gone = new ArrayList<JobId>();
      for (var job : pages.entrySet()) {
        if (correctedAlone && corrected(job.getValue()).findAny().isEmpty()) {
          continue;
        }
        var id = JobId.of(job.getKey());
        if (write(folder, id, job.getValue())) {
          documents++;
          labelled += job.getValue().size();
          wrong += Math.toIntExact(corrected(job.getValue()).count());
        } else {
          gone.add(id);
        }
      }
      return new Written(documents, labelled, wrong, gone);
    }

    private Stream<ExportedDoc> corrected(List<ExportedDoc> docs) {
      return docs.stream().filter(doc -> corrected.contains(doc.id().toString()));
    }

    /** Named by its job, as two users may call their files alike. */
    private boolean write(Path folder, JobId id, List<ExportedDoc> docs) throws IOException {
      var copied = Files.createTempFile(folder, ".upload", "");
      Files.delete(copied); // The SDK makes it itself.
      var name = jobs.copyUpload(id, copied);
      if (name.isPresent()) {
        var document = folder.resolve("%s-%s".formatted(id.toString().substring(0, 8), name.get()));
        Files.move(copied, document, StandardCopyOption.REPLACE_EXISTING);
        LabelledFolder.label(
          document,
          docs.stream().sorted(Comparator.comparingInt(ExportedDoc::pageNumber)).toList()
        );
      }
      return name.isPresent();
    }
  }
}
