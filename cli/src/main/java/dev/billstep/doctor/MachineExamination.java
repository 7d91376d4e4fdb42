package dev.billstep.doctor;

import dev.billstep.doctor.Diagnosis.Fault;
import dev.billstep.doctor.Diagnosis.Finding;
import dev.billstep.doctor.Diagnosis.Sound;
import dev.billstep.embedded.Engine;
import dev.billstep.embedded.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether this machine has what the build and the embedded stack need. */
public final class MachineExamination {

  /** Emulators, their environments, and the pages of a few days. */
  private static final long LEAST_BYTES = 2L << 30;

  private MachineExamination() {}

  public static List<Diagnosis> of(Project project) {
    var found = new ArrayList<Diagnosis>();
    // The launcher has found it, or none of this would run.
    found.add(new Diagnosis("JDK", new Sound(Runtime.version().toString())));
    Prerequisite.ALL.forEach(each -> found.add(each.examine()));
    found.add(new Diagnosis("LocalStack's Python", localstack()));
    found.add(new Diagnosis("disk space", room(project)));
    return found;
  }

  /** Without it the embedded engine still runs all. */
  private static Finding localstack() {
    return Engine.LOCALSTACK.whatIsMissing()
      .<Finding>map(missing -> new Sound("none, so --stack localstack can't be used. " + missing))
      .orElseGet(() -> new Sound("found"));
  }

  private static Finding room(Project project) {
    try {
      Path folder = Files.createDirectories(project.stateFolder());
      Files.delete(Files.createTempFile(folder, "doctor", ""));
      long free = Files.getFileStore(folder).getUsableSpace();
      return free < LEAST_BYTES
        ? new Fault(
            "%,d MB are free where %s is".formatted(free >> 20, folder),
            "free some space: 2 GB are needed; storage/ and .billstep/runs/ may be deleted while no stack is running"
          )
        : new Sound("%,d MB free".formatted(free >> 20));
    } catch (IOException e) {
      return new Fault(
        "nothing can be written to %s: %s".formatted(project.stateFolder(), e.getMessage()),
        "make the folder writable for the user that runs billstep"
      );
    }
  }
}
