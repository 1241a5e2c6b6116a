/**
 * What an environment is. An {@link io.ponder.engine.env.Environment} follows Gymnasium's contract (reset, step; observation, reward,
 * terminated, truncated) and can read and set its state. Actions and observations are flat float blocks described by a
 * {@link io.ponder.engine.env.Space}; a discrete action is one entry that holds its index, the same encoding as models use. Masks and
 * players are small optional contracts asked for by type. {@link io.ponder.engine.env.EnvironmentChecker} plays random games through
 * an environment and reports what breaks the contract.
 */
@NullMarked
package io.ponder.engine.env;

import org.jspecify.annotations.NullMarked;
