@NullMarked
package io.ponder.planners.tuning;

import org.jspecify.annotations.NullMarked;
