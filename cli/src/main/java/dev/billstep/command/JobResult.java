package dev.billstep.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.billstep.job.JobId;
import dev.billstep.operation.JobState;
import java.util.List;

/**
 * What became of a file.
 *
 * @param docs the job's rows, by page
 */
record JobResult(String file, JobId jobId, JobState state, List<JsonNode> docs) {}
