/**
 * What each state of the state machine does, one class a state and by its name: {@code Claim}, {@code Split},
 * {@code Classify}, {@code Read}, {@code GiveUp}, {@code NoteFailure}, {@code FindFailure}, {@code Persist},
 * {@code Defer}, {@code Collect}, {@code Park}, {@code FailJob}. May use every concept below it ({@code doc}, {@code reading}, {@code settings},
 * {@code page}, {@code job}, {@code doctype}) and their ports; knows no adapter and no handler.
 */
@NullMarked
package dev.billstep.step;

import org.jspecify.annotations.NullMarked;
