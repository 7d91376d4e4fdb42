package dev.billstep.page;

import dev.billstep.job.JobId;
import java.time.Instant;

/**
 * Something stored for a job.
 *
 * @param jobId that its key names
 * @param key in its store
 * @param storedAt when it was last written
 */
public record Blob(JobId jobId, String key, Instant storedAt) {}
