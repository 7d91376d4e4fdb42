package dev.billstep.command;

import dev.billstep.doctor.Diagnosis;
import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.doctor.Diagnosis.Unknown;
import dev.billstep.doctor.MachineExamination;
import dev.billstep.doctor.PartsExamination;
import dev.billstep.doctor.StackExamination;
import dev.billstep.embedded.Project;
import dev.billstep.offline.OfflineProvider;
import dev.billstep.reading.PageModelProvider;
import dev.billstep.stack.StackFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code billstep doctor}: what is wrong, and how to mend it. */
@Command(
  name = "doctor",
  mixinStandardHelpOptions = true,
  description = {
    "Finds what is wrong with this machine or the stack, and says how to fix it.",
    "Checks the stack's parts, keys, settings, model and jobs. The model is asked once, which costs",
    "what a call of some hundred tokens costs; the offline reader is not.",
  },
  exitCodeListHeading = "%nExit codes:%n",
  exitCodeList = { "0:nothing is wrong", "1:something is wrong" },
  footerHeading = "%nExamples:%n",
  footer = { "  billstep doctor", "  billstep doctor --stack aws --stage prod" }
)
final class DoctorCommand implements Callable<Integer> {

  @Mixin
  private StackOptions stack = new StackOptions();

  @Mixin
  private Output output = new Output();

  private DoctorCommand() {}

  @Override
  public Integer call() {
    var found = new ArrayList<>(MachineExamination.of(Project.ofSystemProperty()));
    found.addAll(ofStack());
    output.print(found, () ->
      found.stream().map(DoctorCommand::text).collect(Collectors.joining("\n"))
    );
    return found.stream().anyMatch(Diagnosis::isFault)
      ? CommandLine.ExitCode.SOFTWARE
      : CommandLine.ExitCode.OK;
  }

  private List<Diagnosis> ofStack() {
    try {
      var found = new ArrayList<>(PartsExamination.of(stack.processes(), Instant.now()));
      var opened = stack.open();
      stack.beOfThisProcess();
      found.addAll(new StackExamination(opened, providers(), DoctorCommand::isAsked).diagnoses());
      return found;
    } catch (StackFailure e) {
      return List.of(new Diagnosis("stack", Fault.of(e, "as it says")));
    } catch (SdkException e) {
      return List.of(
        new Diagnosis(
          "stack",
          Fault.of(
            e,
            "check that the stack is running and that these credentials may use it: billstep down, " +
              "billstep up; or --profile and --region"
          )
        )
      );
    }
  }

  /** The offline reader is in the functions' process, and there is nobody that could not answer. */
  private static boolean isAsked(PageModelProvider provider) {
    return !(provider instanceof OfflineProvider);
  }

  /** The offline reader is no part of what is deployed to an account. */
  private List<PageModelProvider> providers() {
    return ServiceLoader.load(PageModelProvider.class)
      .stream()
      .map(ServiceLoader.Provider::get)
      .filter(provider -> !stack.isAccount() || !(provider instanceof OfflineProvider))
      .toList();
  }

  private static String text(Diagnosis diagnosis) {
    return switch (diagnosis.finding()) {
      case Sound(String detail) -> line("ok", diagnosis, detail);
      case Unknown(String because) -> line("-", diagnosis, because);
      case Fault(String problem, String remedy) -> "%s%n%28s→ %s".formatted(
        line("FAULT", diagnosis, problem),
        "",
        remedy
      );
    };
  }

  private static String line(String outcome, Diagnosis diagnosis, String detail) {
    return "%-6s%-22s%s".formatted(outcome, diagnosis.subject(), detail);
  }
}
