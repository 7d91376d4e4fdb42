package dev.billstep.command;

import dev.billstep.operation.JobState;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a job is: a bar on a terminal, elsewhere a line for every change. */
interface JobDisplay extends AutoCloseable {
  /** Set by the launcher where standard error is a terminal; Java can't tell by itself. */
  String TERMINAL = "billstep.terminal";

  void show(JobState state);

  @Override
  void close();

  static JobDisplay of(String name, PrintWriter err) {
    var shown = TerminalText.ofLine(name);
    return Boolean.getBoolean(TERMINAL) ? new Bar(shown) : new Lines(shown, err);
  }

  /** Nothing is shown: where there are too many jobs for that. */
  static JobDisplay silent() {
    return new JobDisplay() {
      @Override
      public void show(JobState state) {
        // What is shown is how many are done.
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  /** On a terminal. */
  final class Bar implements JobDisplay {

    private final ProgressBar bar;

    Bar(String name) {
      this.bar = new ProgressBarBuilder()
        .setTaskName(name)
        .setInitialMax(-1)
        .setStyle(ProgressBarStyle.ASCII)
        .hideEta()
        .build();
    }

    @Override
    public void show(JobState state) {
      if (state.pages() > 0) {
        // A page counts twice: once classified, once read.
        bar.maxHint(2L * state.pages());
        bar.stepTo((long) state.classified() + state.read());
      }
      bar.setExtraMessage(" " + TerminalText.ofLine(state.sentence()));
      bar.refresh();
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** Into a file or pipe. */
  final class Lines implements JobDisplay {

    private final String name;
    private final PrintWriter err;
    private String last = "";

    Lines(String name, PrintWriter err) {
      this.name = name;
      this.err = err;
    }

    @Override
    public void show(JobState state) {
      if (!state.sentence().equals(last)) {
        last = state.sentence();
        err.println(name + "  " + TerminalText.ofLine(last));
        err.flush();
      }
    }

    @Override
    public void close() {
      // Every line is whole.
    }
  }
}
