/** A job: one upload by one user, and the claim that lets one run at a time work on it. */
@NullMarked
package dev.billstep.job;

import org.jspecify.annotations.NullMarked;
