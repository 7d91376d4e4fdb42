/**
 * What watches over jobs from outside the state machine: executions that ended by themselves, jobs that wait, jobs
 * and blobs that nobody works on any more; and what tells of jobs and pages. May use what {@code step} may,
 * {@code FailJob} of it, and {@code event}; knows no adapter and no handler.
 */
@NullMarked
package dev.billstep.watch;

import org.jspecify.annotations.NullMarked;
