package dev.billstep.embedded;

import dev.billstep.job.JobId;
import dev.billstep.job.UserId;
import dev.billstep.stack.StackFailure;
import dev.billstep.storage.S3Uploads;
import dev.billstep.workflow.StepFunctionsExecutions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;

/**
 * Starts again what ran in an emulator that is gone. Executions and events live in its memory alone:
 * a job whose execution it does not know has none, however long its lease is; and an upload that
 * nobody has claimed may have had an event that was lost. Such a run did not die of its job, so it
 * does not count among those after which a job is given up.
 */
final class InterruptedRuns implements AutoCloseable {

  private static final Logger LOG = LogManager.getLogger(InterruptedRuns.class);

  /** A function that was at work when its emulator died may still have claimed a job. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private static final String HELD =
    "SELECT id, execution FROM \"JobThread\" WHERE status = 'processing'";

  private static final String UNCLAIMED =
    "SELECT id, user_id FROM \"JobThread\" WHERE status = 'uploaded'";

  /** Both only as long as that execution is the one that holds it. */
  private static final String END_ATTEMPT = """
  UPDATE "JobAttempt" AS run
  SET ended_at = clock_timestamp(), outcome = 'interrupted',
    reason = 'The stack was stopped while it ran, or a part of it had died.'
  FROM "JobThread" AS job
  WHERE job.id = ? AND job.execution = ? AND job.status = 'processing'
    AND run.job_thread_id = job.id AND run.attempt = job.attempt AND run.ended_at IS NULL
  """;

  private static final String END_LEASE = """
  UPDATE "JobThread" SET lease_until = clock_timestamp()
  WHERE id = ? AND execution = ? AND status = 'processing'
  """;

  private final EmbeddedStack stack;
  private final Thread watch;

  /** Looks for them every now and then from now on. */
  InterruptedRuns(EmbeddedStack stack) {
    this.stack = stack;
    this.watch = Thread.ofVirtual().name("interrupted-runs").start(this::lookNowAndThen);
  }

  private void lookNowAndThen() {
    try {
      while (true) {
        Thread.sleep(PAUSE);
        startHeldAgain();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Starts all of them again: for an emulator that has just been started.
   *
   * @throws StackFailure where the database does not answer
   */
  void startAgain() {
    try (var sfn = stack.sfn()) {
      var executions = new StepFunctionsExecutions(sfn, stack.outputs().stateMachine());
      var wanted = new ArrayList<>(freed(sfn));
      wanted.addAll(unclaimed());
      wanted.forEach(executions::start);
      LOG.info("jobs that were started again: {}", wanted);
    }
  }

  private void startHeldAgain() {
    try (var sfn = stack.sfn()) {
      var executions = new StepFunctionsExecutions(sfn, stack.outputs().stateMachine());
      freed(sfn).forEach(executions::start);
    } catch (RuntimeException inTheNextRound) {
      LOG.warn("interrupted runs could not be looked for", inTheNextRound);
    }
  }

  /** Jobs whose execution is gone, which is now to be seen from their rows as well. */
  private List<JobId> freed(SfnClient sfn) {
    var gone = new ArrayList<JobId>();
    try (
      var connection = stack.database().postgres().getConnection();
      var statement = connection.createStatement();
      var held = statement.executeQuery(HELD)
    ) {
      while (held.next()) {
        var job = held.getString("id");
        var execution = held.getString("execution");
        if (isGone(sfn, execution) && free(connection, job, execution)) {
          gone.add(JobId.of(job));
        }
      }
    } catch (SQLException e) {
      throw unanswered(e);
    }
    return gone;
  }

  private static boolean isGone(SfnClient sfn, String execution) {
    try {
      sfn.describeExecution(describe -> describe.executionArn(execution));
      return false;
    } catch (ExecutionDoesNotExistException itIs) {
      return true;
    }
  }

  private static boolean free(Connection connection, String job, String execution)
    throws SQLException {
    try (
      var attempt = connection.prepareStatement(END_ATTEMPT);
      var lease = connection.prepareStatement(END_LEASE)
    ) {
      for (var statement : List.of(attempt, lease)) {
        statement.setObject(1, job, Types.OTHER);
        statement.setString(2, execution);
      }
      attempt.executeUpdate();
      return lease.executeUpdate() == 1;
    }
  }

  private List<JobId> unclaimed() {
    var found = new ArrayList<JobId>();
    try (
      var s3 = stack.s3();
      var connection = stack.database().postgres().getConnection();
      var statement = connection.createStatement();
      var jobs = statement.executeQuery(UNCLAIMED)
    ) {
      var uploads = new S3Uploads(s3, stack.outputs().uploadBucket());
      while (jobs.next()) {
        var job = JobId.of(jobs.getString("id"));
        if (uploads.newest(UserId.of(jobs.getString("user_id")), job).isPresent()) {
          found.add(job);
        }
      }
    } catch (SQLException e) {
      throw unanswered(e);
    }
    return found;
  }

  private static StackFailure unanswered(SQLException e) {
    return new StackFailure("PostgreSQL did not answer: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
