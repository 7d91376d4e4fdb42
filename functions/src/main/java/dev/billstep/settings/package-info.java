/** Settings: what a run is told to do, fixed when it claims the job. */
@NullMarked
package dev.billstep.settings;

import org.jspecify.annotations.NullMarked;
