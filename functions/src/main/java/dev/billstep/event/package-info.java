/**
 * What has become of jobs and pages, and how those are told who want to know. May use {@code json} and
 * {@code failure}; knows no adapter and no handler.
 */
@NullMarked
package dev.billstep.event;

import org.jspecify.annotations.NullMarked;
