/**
 * How files come in: by name, in a ZIP or an e-mail, or through a folder that is watched. Each document among them
 * becomes a job.
 */
@NullMarked
package dev.billstep.intake;

import org.jspecify.annotations.NullMarked;
