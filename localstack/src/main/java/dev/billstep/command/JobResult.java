package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a file.
 *
 * @param docs the job's rows, by page
 */
record JobResult(Path file, JobId jobId, JobState state, List<JsonNode> docs) {}
